/** Asks for what an app proves itself with: the value of a secret, or where its certificate is. */
import { type QuickPickItem, window, workspace } from 'vscode';
import type { Proof } from './app-way';
import { isGuid } from './guid';
import type { SignInApp } from './provider';
import { words } from './words';

/** Undefined where the user gave up. */
export async function askProof(app: SignInApp): Promise<Proof | undefined> {
  const proofs = new Set(app.lists.flatMap(({ proof }) => proof ?? []));
  const [only] = proofs;
  const chosen = only && proofs.size === 1 ? only : await pickProof(app);
  if (chosen === undefined) return undefined;
  return chosen === 'secret' ? askSecret(app) : askCertificate();
}

async function pickProof(app: SignInApp): Promise<'secret' | 'certificate' | undefined> {
  const items: (QuickPickItem & { readonly proof: 'secret' | 'certificate' })[] = [
    { label: words.aSecret(), proof: 'secret' },
    { label: words.aCertificate(), proof: 'certificate' },
  ];
  return (await window.showQuickPick(items, { title: words.whichProof(app.name) }))?.proof;
}

async function askSecret(app: SignInApp): Promise<Proof | undefined> {
  const secret = await window.showInputBox({
    title: words.secretTitle(app.name),
    prompt: words.secretPrompt(app.clientId, app.signInTenant),
    password: true,
    ignoreFocusOut: true,
    // The portal shows the id of a secret beside its value, and it is the wrong one of the two.
    validateInput: (value) => (isGuid(value.trim()) ? words.secretIsId() : undefined),
  });
  return secret?.trim() ? { secret: secret.trim() } : undefined;
}

async function askCertificate(): Promise<Proof | undefined> {
  const [file] = (await window.showOpenDialog({ title: words.certificateTitle(), filters: { PEM: ['pem', 'crt', 'cer', 'key'] } })) ?? [];
  if (!file) return undefined;
  if (file.scheme === 'file' && !workspace.getWorkspaceFolder(file)) return { certificate: file.fsPath };
  await window.showWarningMessage(words.certificateInWorkspace());
  return undefined;
}
