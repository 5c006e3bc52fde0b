// The Vercel AI SDK: a guarded function is the `execute` of a tool.
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, stepCountIs, tool } from 'ai';
import { z } from 'zod';
import { openDesk, REQUEST } from '../shared/support-desk.mjs';
import { model } from '../shared/scripted-model.mjs';

const desk = await openDesk('Vercel AI example');
const { apiKey, baseURL, name, close } = await model();
const { text } = await generateText({
  model: createOpenAICompatible({ name: 'openai', apiKey, baseURL })(name),
  prompt: REQUEST,
  stopWhen: stepCountIs(6),
  tools: {
    crm_read: tool({
      description: 'Looks a customer up.',
      inputSchema: z.object({ customer: z.string() }),
      execute: (args) => desk.crmRead(args),
    }),
    refund_create: tool({
      description: 'Refunds an order.',
      inputSchema: z.object({ order: z.string(), amount: z.number() }),
      execute: (args) => desk.refundCreate(args),
    }),
  },
});
console.log(text);
await desk.close();
close();
