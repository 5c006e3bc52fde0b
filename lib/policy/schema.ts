/**
 * The Cedar schema every policy set is validated against.
 *
 * Cedar has no fractions, so scores and coverage are basis points: 0 to 10,000, rounded down, so that a score never looks
 * better to a rule than it is. `context.dataClass` is the higher of the tool's class and the access's.
 *
 * Two actions: `execute` is the call itself, asked without and with `context.approved`; `propose` is the agent putting the
 * call in front of a person who then carries it out. A rule that says nothing about the action binds both.
 *
 * Resource properties and arguments differ from tool to tool, so they are tags: text in `resource` and `context.arguments`,
 * whole numbers in `context.numbers`. A rule must ask `hasTag` before `getTag`; the validator insists.
 */
export const POLICY_SCHEMA_TEXT = `
entity Agent;
entity Resource tags String;
entity Arguments tags String;
entity Numbers tags Long;

type Layer = { score: Long, coverage: Long, alarm: Bool };

type Facts = {
  approved: Bool,
  agent: { id: String, owner: String, version: String, tags: Set<String> },
  tool: {
    name: String, known: Bool, sideEffect: Bool, reversible: Bool, egress: Bool,
    dataClass: String, risk: String, untrustedOutput: Bool
  },
  resource: { "type": String, id: String },
  arguments: Arguments,
  numbers: Numbers,
  trust: {
    score: Long, rung: Long,
    layers: { identity: Layer, behavior: Layer, context: Layer, outcome: Layer }
  },
  session?: String,
  endUser: { id?: String, role?: String },
  purpose?: String,
  provenance: { thirdPartyOnly: Bool, suspected: Bool, injection: Bool },
  dataClass: String,
  hour: Long
};

action execute, propose appliesTo { principal: Agent, resource: Resource, context: Facts };
`;
