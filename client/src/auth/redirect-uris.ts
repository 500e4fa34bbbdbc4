/** The redirect URIs that an app needs before VS Code can sign in to it, for the message at AADSTS50011. */

/** For *Mobile and desktop applications* of the app: the browser, without and with vscode.dev between, and the brokers of Windows and macOS. */
export function redirectUrisFor(clientId: string): string[] {
  return [
    'https://vscode.dev/redirect',
    'http://localhost',
    `ms-appx-web://Microsoft.AAD.BrokerPlugin/${clientId}`,
    'msauth.com.microsoft.VSCode.helper://auth',
  ];
}
