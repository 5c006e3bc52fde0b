/** One thing wrong with a policy text. Lines and columns start at 1 and count within the text that was given. */
export interface PolicyProblem {
  readonly policyId?: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** A policy text that cannot go live: it does not parse, or does not fit the schema. */
export class PolicyInvalid extends Error {
  readonly code = 'policy_invalid';
  readonly errors: readonly PolicyProblem[];

  constructor(errors: readonly PolicyProblem[]) {
    const first = errors[0];
    super(
      first === undefined
        ? 'The policy is not valid.'
        : `The policy is not valid: line ${first.line}: ${first.message}`,
    );
    this.name = 'PolicyInvalid';
    this.errors = errors;
  }
}
