import { describe, expect, it } from 'vitest';
import { wholeScript } from './script';
import { toolNameProblem, toolsToDescribe, toolToCall, type ToolChoice } from './tool-choice';

const choice = (name: string): ToolChoice => ({ name, effect: 'reads' });
const facts = { url: 'http://localhost:3000', agentId: 'a-1' };

describe('the tools an agent is registered with', () => {
  it('may be all of them, by a star alone and by no pattern', () => {
    expect([toolNameProblem('*'), toolNameProblem('files.read')]).toEqual([undefined, undefined]);
    expect(toolNameProblem('files.*')).toContain('no pattern');
    expect(toolNameProblem('')).toContain('Name the tool');
  });

  it('get an entry in the catalogue unless they have one, and the star gets none', () => {
    const tools = [choice('*'), choice('files.read'), choice('files.write')];
    expect(toolsToDescribe(tools, new Set(['files.read']))).toEqual([choice('files.write')]);
  });

  it('give the script the first that can be called', () => {
    expect(toolToCall([choice('*'), choice('files.read')])).toBe('files.read');
    const any = toolToCall([choice('*')]);
    expect(any).toBeUndefined();
    const script = wholeScript({ ...facts, tool: any });
    expect(script).not.toContain('name: "*"');
    expect(script).toContain('put one here');
    expect(wholeScript({ ...facts, tool: 'files.read' })).toContain('name: "files.read"');
  });
});
