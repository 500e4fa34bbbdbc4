/** Stands in for VS Code's API where signing in is tested without an editor: the tests play the user, the provider and the stores. */

type Listener<Event> = (event: Event) => void;

function emitter<Event>() {
  const listeners = new Set<Listener<Event>>();
  const event = (listener: Listener<Event>) => {
    listeners.add(listener);
    return { dispose: () => void listeners.delete(listener) };
  };
  const fire = (value: Event): void => {
    for (const listener of [...listeners]) listener(value);
  };
  return { event, fire };
}

export interface AskedSession {
  readonly provider: string;
  readonly scopes: readonly string[];
  readonly silent: boolean;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Session {
  readonly accessToken: string;
  readonly scopes: readonly string[];
  readonly account: { readonly id: string; readonly label: string };
}

interface Item {
  readonly label: string;
  readonly detail?: string;
}

/** What the user sees, and does. */
function createDesk() {
  return {
    /** Messages, in order, with the titles of their buttons. */
    said: [] as { readonly text: string; readonly buttons: readonly string[] }[],
    /** What each list to pick from showed. */
    picks: [] as (readonly Item[])[],
    progress: [] as string[],
    clipboard: '',
    opened: [] as string[],
    context: {} as Record<string, unknown>,
    settings: {} as Record<string, unknown>,
    asked: [] as AskedSession[],
    /** The button of the next message that has it. */
    clicks: undefined as string | undefined,
    /** Chooses of a list; undefined closes it. */
    choose: (_: readonly Item[]): Item | undefined => undefined,
    type: async (): Promise<string | undefined> => undefined,
    accounts: async (_: string): Promise<readonly Session['account'][]> => [],
    session: async (_: AskedSession): Promise<Session | undefined> => undefined,
    /** What the running notification's Cancel does. */
    cancel: () => {},
  };
}

export let desk = createDesk();
export const sessionsChanged = emitter<{ readonly provider: { readonly id: string } }>();
export const secretsChanged = emitter<{ readonly key: string }>();
const registered = new Map<string, (...values: unknown[]) => unknown>();

/** Empties the desk. */
export function clearDesk(): void {
  desk = createDesk();
}

/** Runs a command of the extension. */
export async function run(command: string, argument?: unknown): Promise<unknown> {
  return registered.get(command)?.(argument);
}

const show = async (text: string, ...buttons: string[]): Promise<string | undefined> => {
  desk.said.push({ text, buttons });
  const { clicks } = desk;
  if (clicks === undefined || !buttons.includes(clicks)) return undefined;
  desk.clicks = undefined;
  return clicks;
};

export const window = {
  showInformationMessage: show,
  showWarningMessage: show,
  showQuickPick: async (items: readonly Item[]) => {
    desk.picks.push(items);
    return desk.choose(items);
  },
  showInputBox: () => desk.type(),
  showOpenDialog: async () => undefined,
  withProgress: ({ title }: { readonly title: string }, body: (progress: object, cancellation: object) => Promise<unknown>) => {
    desk.progress.push(title);
    const report = ({ message }: { readonly message: string }) => desk.progress.push(message);
    const onCancellationRequested = (stop: () => void) => {
      desk.cancel = stop;
    };
    return body({ report }, { onCancellationRequested });
  },
};

export const authentication = {
  onDidChangeSessions: sessionsChanged.event,
  getAccounts: (provider: string) => desk.accounts(provider),
  getSession: (provider: string, scopes: readonly string[], options: Record<string, unknown>) => {
    const asked = { provider, scopes, silent: options.silent === true, options };
    desk.asked.push(asked);
    return desk.session(asked);
  },
};

export const commands = {
  registerCommand: (name: string, body: (...values: unknown[]) => unknown) => {
    registered.set(name, body);
    return { dispose: () => void registered.delete(name) };
  },
  executeCommand: async (name: string, ...values: unknown[]) => {
    if (name === 'setContext') desk.context[String(values[0])] = values[1];
    return registered.get(name)?.(...values);
  },
};

export const workspace = {
  getConfiguration: (section: string) => ({ get: (key: string) => desk.settings[`${section}.${key}`] }),
  getWorkspaceFolder: () => undefined,
};
export const env = {
  clipboard: {
    writeText: async (text: string) => {
      desk.clipboard = text;
    },
  },
  openExternal: async (uri: string) => desk.opened.push(uri),
};
export const l10n = { t: (text: string, ...values: unknown[]) => text.replace(/\{(\d+)\}/g, (_, index) => String(values[Number(index)])) };
export const ProgressLocation = { Notification: 15, Window: 10 };
export const Uri = { parse: (text: string) => text };
