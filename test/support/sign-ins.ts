/** The sign-ins of a Microsoft 365 Scope, for the tables of the rules about sign-in by an application alone. */
import { type Attributes, ids } from './project-builder';

/** Attributes of a scope, and whether only an application signs in. */
export const appOnlySignIns: readonly [Attributes, boolean][] = [
  [{}, false],
  [{ AuthenticationType: 'InteractiveToken' }, false],
  [{ AuthenticationType: 'IntegratedWindowsAuthentication' }, false],
  [{ AuthenticationType: 'UsernameAndPassword' }, false],
  [{ AuthenticationType: '[type]' }, false],
  [{ AuthenticationType: 'IntegrationService', ConnectionId: ids.mail }, false],
  [{ AuthenticationType: 'ApplicationIdAndSecret' }, true],
  [{ AuthenticationType: 'ApplicationIdAndCertificate' }, true],
  [{ AuthenticationType: 'applicationidandsecret' }, true],
  [{ AuthenticationType: 'ApplicationIdAndSecret', OAuthApplication: 'UiPath' }, true],
  [{ AuthenticationType: 'ApplicationIdAndSecret', ConfigLocation: 'OrchestratorAsset' }, false],
  [{ AuthenticationType: 'ApplicationIdAndSecret', UseConnectionService: 'True', ConnectionId: ids.mail }, false],
];
