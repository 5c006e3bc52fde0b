/** What a workspace has set about verdicts. */
import { verdictSettingsInputSchema } from '@/lib/contracts';
import { getVerdictSettings } from '@/lib/services/verdict-settings/get';
import { setVerdictSettings } from '@/lib/services/verdict-settings/set';
import { consoleHandler, creatingHandler } from './console-handler';

export const getSettings = consoleHandler({}, (context) => getVerdictSettings(context));
export const postSettings = creatingHandler(verdictSettingsInputSchema, (context, { body }) =>
  setVerdictSettings(context, body),
);
