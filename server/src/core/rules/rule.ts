/** What a rule is: one file that says what it looks for, finds it and mends it. */
import type { Catalog } from '../catalog/types';
import type { Assessment } from '../permissions/assess';
import type { Consent } from '../permissions/grants';
import type { Problem, Severity } from '../problem';
import type { Acceptance } from '../project/accept';
import type { Project } from '../project/model';

/** What a rule can look at. Everything in it is worked out once for all rules. */
export interface RuleContext {
  readonly project: Project;
  readonly catalog: Catalog;
  /** One for each declaration of the project. */
  readonly assessments: readonly Assessment[];
  /** What was granted, for the declarations that grants were given for. */
  readonly consents: ReadonlyMap<Assessment, Consent>;
  /** Those whose app somebody signed in to with a personal account. */
  readonly signedInPersonally: ReadonlySet<Assessment>;
  /** The day it is, `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** Exceptions that do nothing; only known to rules that look last. */
  readonly acceptance: Acceptance;
}

/** A finding before severities are settled: a rule states one only where it differs from its default. */
export type Finding = Omit<Problem, 'rule' | 'severity'> & { readonly severity?: Severity };

export interface Rule {
  /** Stable and public. */
  readonly id: string;
  readonly severity: Severity;
  /** When its fixes apply among others: fixes of a lower stage come first. */
  readonly stage: 'form' | 'unknown' | 'duplicate' | 'missing' | 'excess' | 'none';
  /** It looks at what the exceptions left. */
  readonly isLast?: true;
  /** Declarations it can judge, where it rests on what may not have been given; absent: all. An exception elsewhere is not called unused. */
  readonly looksAt?: (context: RuleContext, assessment: Assessment) => boolean;
  readonly check: (context: RuleContext) => Finding[];
}
