/** What the client can ask for beyond the protocol's own requests: the commands of the lenses, and what the client's own commands need. */
import { type Connection, ErrorCodes, LSPErrorCodes, RequestType, ResponseError } from 'vscode-languageserver';
import type { ClientAbilities } from './capabilities';
import type { compareRegistration } from './compare-registration';
import type { ServerContext } from './context';
import { toWorkspaceEdit } from './edits';
import { guard } from './guard';
import type { newManifest, projectsWithoutManifest } from './new-manifest';
import {
  applyCommand,
  compareRegistrationRequest,
  type EditData,
  type ManifestOrder,
  type ProjectWithoutManifest,
  projectsWithoutManifestRequest,
  writeManifestCommand,
} from './protocol';

export interface CommandListener {
  readonly connection: Connection;
  readonly context: ServerContext;
  readonly feature: {
    readonly newManifest: typeof newManifest;
    readonly projectsWithoutManifest: typeof projectsWithoutManifest;
    readonly compareRegistration: typeof compareRegistration;
  };
  readonly client: () => ClientAbilities;
  /** Tells the user. */
  readonly warn: (message: string) => void;
  readonly log: (message: string) => void;
}

/** Starts to listen. */
export function listenToCommands({ connection, context, feature, client, warn, log }: CommandListener): void {
  const apply = async (data: EditData): Promise<boolean> => {
    const edit = toWorkspaceEdit(context, data, client().versionsEdits);
    const { applied } = await connection.workspace.applyEdit({ label: data.title, edit });
    if (!applied) warn(`${data.title}: the editor did not apply the change.`);
    return applied;
  };

  /** Answers the URI of the new file; null where none was made, which the user is told. */
  const writeManifest = async (order: ManifestOrder): Promise<string | null> => {
    const made = await feature.newManifest(context, order);
    if ('reason' in made) {
      warn(made.reason);
      return null;
    }
    if (!(await apply(made.data))) return null;
    if (client().showsDocuments) await connection.window.showDocument({ uri: made.uri, takeFocus: true });
    return made.uri;
  };

  connection.onExecuteCommand(({ command, arguments: given }, token) =>
    guard<string | null>({ name: command, token, log, fallback: null }, async () => {
      const argument: unknown = given?.[0];
      if (command === applyCommand) {
        if (!isObject(argument) || !Array.isArray(argument.files)) throw wrong(`${command} takes the edit that a lens brings.`);
        await apply(argument as unknown as EditData);
        return null;
      }
      if (command === writeManifestCommand) {
        if (!isObject(argument) || typeof argument.file !== 'string') throw wrong(`${command} takes { "file": a URI of the project }.`);
        return writeManifest({ file: argument.file });
      }
      throw new ResponseError(LSPErrorCodes.RequestFailed, `There is no command ${command}.`);
    }),
  );
  connection.onRequest(new RequestType<object, ProjectWithoutManifest[], void>(projectsWithoutManifestRequest), (_, token) =>
    guard<ProjectWithoutManifest[]>({ name: 'projects without a manifest', token, log, fallback: [] }, () =>
      feature.projectsWithoutManifest(context),
    ),
  );
  connection.onRequest(new RequestType<object, string | null, void>(compareRegistrationRequest), (_, token) =>
    guard<string | null>({ name: 'comparison with the registration', token, log, fallback: null }, () =>
      feature.compareRegistration(context),
    ),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function wrong(message: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, message);
}
