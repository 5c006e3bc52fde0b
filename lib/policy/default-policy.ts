/**
 * The default ladder as a Cedar policy set; the managers' starting point.
 *
 * "Sensitive" is confidential or restricted. A sensitive read, and a read that reaches outside, is free from rung 3 on: an
 * agent that an injection threw to 0.40 (rung 2) keeps its harmless reads and loses the rest in the same decision.
 *
 * | rung | harmless read | sensitive or outward read        | side effect: low, medium | high     | critical |
 * |------|---------------|----------------------------------|--------------------------|----------|----------|
 * | 1    | allow         | approval; restricted data denied | deny                     | deny     | deny     |
 * | 2    | allow         | approval                         | suggest                  | suggest  | suggest  |
 * | 3    | allow         | allow                            | approval                 | suggest  | suggest  |
 * | 4    | allow         | allow                            | allow                    | approval | approval |
 * | 5    | allow         | allow                            | allow                    | allow    | approval |
 *
 * The guardrails narrow this further on every rung. Kill switches, the pact and budgets are decided before any policy.
 */
export const DEFAULT_POLICY_TEXT = `// Reads

@id("ladder-harmless-read")
@code("ladder.harmless_read")
@reason("Reading public or internal data inside is allowed on every rung.")
permit (principal, action == Action::"execute", resource)
when {
  !context.tool.sideEffect && !context.tool.egress &&
  ["public", "internal"].contains(context.dataClass)
};

@id("ladder-read")
@code("ladder.read")
@reason("From rung 3 on an agent reads without asking.")
permit (principal, action == Action::"execute", resource)
when { !context.tool.sideEffect && context.trust.rung >= 3 };

@id("ladder-sensitive-read-approved")
@code("ladder.sensitive_read_needs_approval")
@reason("Below rung 3 a person approves each read of sensitive data and each read that reaches outside.")
@remedy("A person approves it, or the agent reaches rung 3.")
permit (principal, action == Action::"execute", resource)
when { !context.tool.sideEffect && context.trust.rung < 3 && context.approved };

@id("ladder-rung-1-restricted-read")
@code("ladder.rung_1_restricted_read")
@reason("On rung 1 an agent does not read restricted data.")
@remedy("The agent reaches rung 2; there a person can approve the read.")
forbid (principal, action, resource)
when { !context.tool.sideEffect && context.trust.rung < 2 && context.dataClass == "restricted" };

// Side effects

@id("ladder-rung-1-read-only")
@code("ladder.rung_1_read_only")
@reason("On rung 1 an agent only reads; it has not yet earned side effects.")
@remedy("The agent reaches rung 2 to propose such an action, and rung 3 to carry it out with approval.")
forbid (principal, action, resource)
when { context.tool.sideEffect && context.trust.rung < 2 };

@id("ladder-rung-2-suggest")
@code("ladder.rung_2_suggests")
@reason("On rung 2 an agent proposes side effects and a person carries them out.")
@remedy("The agent reaches rung 3 to act with approval.")
permit (principal, action == Action::"propose", resource)
when { context.tool.sideEffect && context.trust.rung == 2 };

@id("ladder-rung-3-approved")
@code("ladder.rung_3_needs_approval")
@reason("On rung 3 a person approves each side effect first.")
@remedy("A person approves it, or the agent reaches rung 4.")
permit (principal, action == Action::"execute", resource)
when {
  context.tool.sideEffect && context.trust.rung == 3 && context.approved &&
  ["low", "medium"].contains(context.tool.risk)
};

@id("ladder-rung-3-suggest")
@code("ladder.rung_3_suggests_high_risk")
@reason("On rung 3 an action of high or critical risk is only proposed.")
@remedy("The agent reaches rung 4; there a person can approve it.")
permit (principal, action == Action::"propose", resource)
when {
  context.tool.sideEffect && context.trust.rung == 3 &&
  ["high", "critical"].contains(context.tool.risk)
};

@id("ladder-rung-4-alone")
@code("ladder.rung_4_acts_alone")
@reason("From rung 4 on an agent carries out side effects of low and medium risk alone.")
permit (principal, action == Action::"execute", resource)
when {
  context.tool.sideEffect && context.trust.rung >= 4 &&
  ["low", "medium"].contains(context.tool.risk)
};

@id("ladder-rung-4-high-risk")
@code("ladder.rung_4_high_risk_needs_approval")
@reason("On rung 4 a person approves each action of high risk first.")
@remedy("A person approves it, or the agent reaches rung 5.")
permit (principal, action == Action::"execute", resource)
when {
  context.tool.sideEffect && context.trust.rung == 4 && context.approved &&
  context.tool.risk == "high"
};

@id("ladder-rung-5-alone")
@code("ladder.rung_5_acts_alone")
@reason("On rung 5 an agent acts alone within its pact, up to high risk.")
permit (principal, action == Action::"execute", resource)
when {
  context.tool.sideEffect && context.trust.rung >= 5 && context.tool.risk != "critical"
};

@id("ladder-critical-risk")
@code("ladder.critical_risk_needs_approval")
@reason("A person approves each action of critical risk first, on every rung.")
@remedy("A person approves it.")
permit (principal, action == Action::"execute", resource)
when {
  context.tool.sideEffect && context.trust.rung >= 4 && context.approved &&
  context.tool.risk == "critical"
};

// Guardrails

@id("guardrail-injection")
@code("guardrail.injection")
@reason("The call follows instructions hidden in text the agent has read, so side effects, sensitive reads and outward calls stop.")
@remedy("A person looks at what the agent has read and starts the task again without it.")
forbid (principal, action, resource)
when {
  context.provenance.injection &&
  (context.tool.sideEffect || context.tool.egress ||
   ["confidential", "restricted"].contains(context.dataClass))
};

@id("guardrail-suspected-injection")
@code("guardrail.suspected_injection")
@reason("The call may follow instructions hidden in text the agent has read.")
@remedy("A person looks at the text and approves the action.")
forbid (principal, action == Action::"execute", resource)
when {
  context.provenance.suspected && !context.approved &&
  (context.tool.sideEffect || context.tool.egress)
};

@id("guardrail-third-party-argument")
@code("guardrail.third_party_argument")
@reason("An argument of this action appears only in text from outside, not in what the person asked for.")
@remedy("A person approves the action, or names the value in the request.")
forbid (principal, action == Action::"execute", resource)
when {
  context.provenance.thirdPartyOnly && !context.approved &&
  (context.tool.sideEffect || context.tool.egress)
};

@id("guardrail-irreversible-egress")
@code("guardrail.irreversible_egress")
@reason("The action sends sensitive data outside and cannot be undone.")
@remedy("A person approves it, or the agent reaches rung 5.")
forbid (principal, action == Action::"execute", resource)
when {
  context.trust.rung < 5 && !context.approved &&
  context.tool.sideEffect && context.tool.egress && !context.tool.reversible &&
  ["confidential", "restricted"].contains(context.dataClass)
};
`;
