/** The demo fleet, in the order the agents were registered. */
import { codeReviewer } from './code-review';
import { crmCleaner } from './crm-cleaner';
import { inboxAssistant } from './inbox-assistant';
import { calendarAssistant, onboardingGuide } from './office';
import { deployRunner, nightlyExporter } from './operations';
import { refundAgent } from './refund-agent';
import { contractReader, grantScout, marketResearcher, procurementAgent } from './research';
import { supportChatbot } from './support-chatbot';
import type { FleetAgent } from './types';

export const FLEET: readonly FleetAgent[] = [
  codeReviewer,
  supportChatbot,
  inboxAssistant,
  calendarAssistant,
  deployRunner,
  nightlyExporter,
  grantScout,
  procurementAgent,
  crmCleaner,
  marketResearcher,
  onboardingGuide,
  refundAgent,
  contractReader,
];

export type { FleetAgent, Step, Task } from './types';
