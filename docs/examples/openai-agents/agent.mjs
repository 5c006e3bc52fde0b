// The OpenAI Agents SDK: a guarded function is the `execute` of a tool.
import { Agent, OpenAIProvider, Runner, setTracingDisabled, tool } from '@openai/agents';
import { z } from 'zod';
import { openDesk, REQUEST } from '../shared/support-desk.mjs';
import { model } from '../shared/scripted-model.mjs';

setTracingDisabled(true);
const desk = await openDesk('OpenAI Agents example');
const { apiKey, baseURL, name, close } = await model();
const agent = new Agent({
  name: 'Support desk',
  instructions: 'Help the customer.',
  model: name,
  tools: [
    tool({
      name: 'crm_read',
      description: 'Looks a customer up.',
      parameters: z.object({ customer: z.string() }),
      execute: (args) => desk.crmRead(args),
    }),
    tool({
      name: 'refund_create',
      description: 'Refunds an order.',
      parameters: z.object({ order: z.string(), amount: z.number() }),
      execute: (args) => desk.refundCreate(args),
    }),
  ],
});
const runner = new Runner({ modelProvider: new OpenAIProvider({ apiKey, baseURL }) });
const { finalOutput } = await runner.run(agent, REQUEST);
console.log(finalOutput);
await desk.close();
close();
