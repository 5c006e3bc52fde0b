/**
 * The Cedar schema every policy set is validated against.
 *
 * Cedar has no fractions, so scores and coverage are basis points: 0 to 10,000, rounded down, so that a score never looks
 * better to a rule than it is. `context.dataClass` is the higher of the tool's class and the access's.
 *
 * Two actions: `execute` is the call itself, asked without and with `context.approved`; `propose` is the agent putting the
 * call in front of a person who then carries it out. A rule that says nothing about the action binds both.
 *
 * A tool is there three times: `context.tool.name` and `context.tool.tags` as text, and as `context.tool.entity`, so that
 * `Tool::"mail.send"` can be checked against the catalogue.
 *
 * Resource properties and arguments differ from tool to tool, so they are tags: text in `resource` and `context.arguments`,
 * whole numbers in `context.numbers`. A rule must ask `hasTag` before `getTag`; the validator insists.
 */
export const POLICY_SCHEMA_TEXT = schemaText('entity Tool;');

/**
 * The same schema with the tools of a catalogue as the only ones there are, so that a rule about a tool nobody has described
 * is a finding. For findings only: a tool may be described after the rule, so no policy is refused for it.
 */
export function policySchemaFor(catalogue: { readonly tools: readonly string[] }): string {
  const names = [...new Set(catalogue.tools)].map(cedarString);
  // Cedar wants at least one name; no tool has the empty one.
  return schemaText(`entity Tool enum [${names.length === 0 ? '""' : names.join(', ')}];`);
}

/** JSON and Cedar agree on quotes and backslashes; everything else that JSON escapes is no part of a tool's name. */
function cedarString(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}

function schemaText(tool: string): string {
  return `
${tool}
entity Agent;
entity Resource tags String;
entity Arguments tags String;
entity Numbers tags Long;

type Layer = { score: Long, coverage: Long, alarm: Bool };

type Facts = {
  approved: Bool,
  agent: { id: String, owner: String, version: String, tags: Set<String> },
  tool: {
    entity: Tool, name: String, tags: Set<String>, known: Bool, sideEffect: Bool, reversible: Bool, egress: Bool,
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
}
