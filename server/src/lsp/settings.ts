/** The settings, per folder: asked of the client where it answers, taken from what it sends where it does not. */
import type { Connection } from 'vscode-languageserver';
import { type Severity, severities } from '../core/problem';
import { findRule } from '../core/rules/index';
import { type Settings, settingsSection } from './protocol';

interface Known {
  readonly settings: Settings;
  /** One map as long as the settings stay, so that analyses can be kept. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
}

const usual: Known = toKnown({});

/** Makes an empty store. `canAsk`: the client answers workspace/configuration; where it fails to, the usual settings count until they change. */
export function createSettings(connection: Connection, canAsk: boolean, log: (message: string) => void) {
  let pushed: Known = usual;
  const asked = new Map<string, Promise<Known>>();
  const byUri = new Map<string, Known>();
  const ask = async (uri: string): Promise<Known> => {
    try {
      const answer = (await connection.workspace.getConfiguration({ scopeUri: uri, section: settingsSection })) as unknown;
      return toKnown(isObject(answer) ? (answer as Settings) : {});
    } catch (error) {
      log(`the settings could not be read, the usual ones count: ${error instanceof Error ? error.message : String(error)}`);
      return usual;
    }
  };
  return {
    /** Forgets everything; settings that came with the notification count until the next. */
    changed(sent: unknown): void {
      asked.clear();
      byUri.clear();
      if (!canAsk) pushed = toKnown(sectionOf(sent));
    },

    /** Fetches the settings of a folder, so that `get` has them. */
    async fetch(uri: string): Promise<Known> {
      if (!canAsk) return pushed;
      const pending = asked.get(uri) ?? ask(uri);
      asked.set(uri, pending);
      const known = await pending;
      // What was answered before a change is not kept.
      if (asked.get(uri) === pending) byUri.set(uri, known);
      return known;
    },

    /** What is known of a folder's settings now. */
    get: (uri: string): Known => (canAsk ? (byUri.get(uri) ?? usual) : pushed),
  };
}

function sectionOf(sent: unknown): Settings {
  const section = isObject(sent) ? (sent as Record<string, unknown>)[settingsSection] : undefined;
  return isObject(section) ? (section as Settings) : {};
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Unknown rules and severities are passed over: the settings editor marks them. */
function toKnown(settings: Settings): Known {
  const levels = [...severities, 'off'] as const;
  const entries = isObject(settings.rules) ? Object.entries(settings.rules) : [];
  const known = entries.flatMap(([id, level]): [string, Severity | 'off'][] => {
    const found = levels.find((word) => word === level);
    return findRule(id) && found ? [[id, found]] : [];
  });
  return { settings, severities: new Map(known) };
}
