import type { CallToolResult } from '@modelcontextprotocol/server';
import { MAX_OUTPUT_CHARACTERS, type OutcomeRequest } from '@/lib/contracts';

/** What Belay hears of a result: whether it went well, and the words the agent has read now. */
export function outcomeOf(result: CallToolResult): OutcomeRequest {
  const output = wordsOf(result);
  return {
    status: result.isError === true ? 'failed' : 'succeeded',
    ...(output === '' ? {} : { output }),
    ...(result.isError === true ? { error: cut(output, 1_000) } : {}),
  };
}

/** Everything in a result that a model may read. One character more than Belay keeps, so that it says where it was cut. */
function wordsOf({ content, structuredContent }: CallToolResult): string {
  const words = content.flatMap((item): string[] => {
    if (item.type === 'text') return [item.text];
    if (item.type === 'resource')
      return [item.resource.uri, ...('text' in item.resource ? [item.resource.text] : [])];
    if (item.type === 'resource_link')
      return [item.uri, item.name, item.title ?? '', item.description ?? ''];
    return [];
  });
  const structured = structuredContent === undefined ? [] : [JSON.stringify(structuredContent)];
  // Servers often send the structured content as text too; it need not be read twice.
  const fresh = structured.filter((text) => !words.includes(text));
  return cut([...words, ...fresh].join('\n'), MAX_OUTPUT_CHARACTERS + 1);
}

const cut = (text: string, most: number): string =>
  text.slice(0, most).replaceAll('\u0000', '\ufffd').toWellFormed();
