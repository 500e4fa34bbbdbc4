/** Shows the code of a sign-in: a notification with Cancel while somebody signs in, and a button that takes them there. */
import { env, ProgressLocation, Uri, window } from 'vscode';
import type { DeviceCode } from '../../../server/src/identity/delegated';
import type { Prompt } from './code-way';
import type { Life } from './life';
import type { SignInApp } from './provider';
import { inform } from './say';
import { words } from './words';

/** Makes the prompt: it shows the code while the body waits; Cancel stops it at once, and so does signing out. */
export function createCodePrompt(life: Life) {
  return async <T>(app: SignInApp, body: (prompt: Prompt) => Promise<T>): Promise<T> => {
    const title = words.signingIn(app.name, app.clientId, app.signInTenant);
    const signedOut = life.signal();
    const options = { location: ProgressLocation.Notification, cancellable: true, title };
    return window.withProgress(options, async (progress, cancellation) => {
      const controller = new AbortController();
      const stop = () => controller.abort(new Error('cancelled'));
      cancellation.onCancellationRequested(stop);
      signedOut.addEventListener('abort', stop, { once: true });
      if (signedOut.aborted) stop();
      let isOver = false;
      const onCode = (code: DeviceCode) => {
        const [address, userCode] = [clean(code.address), clean(code.userCode)];
        progress.report({ message: words.enterCode(address, userCode, Math.max(1, Math.floor(code.seconds / 60))) });
        void offer(address, userCode, () => isOver);
      };
      try {
        return await body({ onCode, signal: controller.signal });
      } finally {
        isOver = true;
        signedOut.removeEventListener('abort', stop);
      }
    });
  };
}

/** The message stays where it is: VS Code lets nobody take it away. */
async function offer(address: string, userCode: string, isOver: () => boolean): Promise<void> {
  const chosen = await window.showInformationMessage(words.code(userCode), words.copyAndOpen(), words.copyCode());
  if (!chosen) return;
  if (isOver()) return inform(words.codeIsOver());
  await env.clipboard.writeText(userCode);
  // Only a page of the web is opened, whatever answered.
  if (chosen === words.copyAndOpen() && /^https:\/\//i.test(address)) await env.openExternal(Uri.parse(address));
}

/** A server's text could hold anything. */
function clean(text: string): string {
  return text.replace(/[^\x21-\x7e]|[[\]()<>"`]/g, '').slice(0, 200);
}
