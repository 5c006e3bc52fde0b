/** What is signed: the covered components line by line, and last how they were signed (RFC 9421, section 2.5). Pure. */
import { serializeInnerList, serializeItem, type InnerList } from 'structured-headers';
import { ComponentError, componentId, componentValue } from './components';
import type { SignedMessage } from './message';

/** @throws ComponentError when a component is absent, unknown, or named twice */
export function signatureBase(message: SignedMessage, covered: InnerList): string {
  const [components] = covered;
  const ids = components.map(componentId);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) throw new ComponentError(`The component ${twice} is named twice.`);
  const lines = components.map((component) => {
    const value = componentValue(message, component);
    if (/[\r\n]/.test(value)) throw new ComponentError('A component has a line break in it.');
    return `${serializeItem(component)}: ${value}`;
  });
  return [...lines, `"@signature-params": ${serializeInnerList(covered)}`].join('\n');
}
