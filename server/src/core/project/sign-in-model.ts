/** The model of signing in: app registrations as a manifest describes them, and how a scope or a connection signs in. */
import type { NationalCloud } from '../catalog/notices';
import type { SignInType } from '../catalog/types';
import type { Span } from '../text';
import type { Value } from '../xaml/values';
import type { ManifestDocument } from './model';
import type { RegistrationDocument } from './registration-model';

/** A text of a JSON file, without its quotes. */
export interface Text extends Span {
  readonly text: string;
}

/** Clouds of Microsoft: the public one, and the national ones. */
export type Environment = 'office365' | NationalCloud;

/** An Entra app registration as the manifest, or its own file, describes it; what is undefined is not known. */
export interface ManifestApp {
  readonly key: string;
  readonly keyRange: Span;
  readonly clientId: string | undefined;
  /** Undefined where the entry states none. */
  readonly tenant: Text | undefined;
  readonly audience: 'single-tenant' | 'multi-tenant' | 'multi-tenant-and-personal' | 'personal' | undefined;
  /** By platform; undefined: the entry does not speak of redirect URIs. */
  readonly redirectUris: RedirectUris | undefined;
  /** Whether it lets a public client sign in with neither a secret nor a redirect URI; undefined: nobody wrote it down. */
  readonly publicClientFlows: boolean | undefined;
  /** The file of its registration as the manifest names it. */
  readonly registration: Text | undefined;
  /** That file, or one that has the same application id. */
  readonly document: RegistrationDocument | undefined;
}

export interface RedirectUris {
  readonly publicClient: readonly string[];
  readonly web: readonly string[];
  /** Of a single-page application: neither a robot nor a connection can use them. */
  readonly spa: readonly string[];
  /** For each platform, the list or what is nearest to it in the file that holds the others. */
  readonly places: Readonly<Record<'publicClient' | 'web', Span>>;
  /** What they are written in, which decides how one is added. */
  readonly holder: 'manifest' | 'graph' | 'portal';
}

/** Which app the Microsoft 365 Scopes of some workflows use. */
export interface ApplicationScope {
  /** A glob, relative to the manifest. */
  readonly workflows: string | undefined;
  readonly displayName: string | undefined;
  readonly app: string;
}

/** How a scope or a connection signs in; what nobody wrote down, or only the run knows, is undefined. */
export interface SignIn {
  /** False: an Orchestrator asset or a connection decides, or nobody knows whether one does. */
  readonly isActive: boolean;
  readonly type: SignInType | undefined;
  /** Where the type stands; the name of the scope or connection where it is left to its default. */
  readonly typeRange: Span;
  /** Whose app it is. */
  readonly app: 'uipath' | 'own' | undefined;
  /** What the manifest, or the app's own file, says of the app. */
  readonly registration: ManifestApp | undefined;
  /** The manifest that says it. */
  readonly manifest: ManifestDocument | undefined;
  readonly tenant: Value | undefined;
  readonly environment: Environment | 'germany' | undefined;
  /** Where the environment is written down; undefined where it is the default. */
  readonly environmentRange: Span | undefined;
  /** The account is known to be a personal one. */
  readonly isPersonal: boolean;
}
