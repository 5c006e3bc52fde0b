import {
  BookCheck,
  Bot,
  ClipboardCheck,
  Gauge,
  ListChecks,
  OctagonX,
  ScrollText,
  Settings,
  Siren,
  TrendingUp,
  Wrench,
  type LucideIcon,
} from 'lucide-react';
import { t } from '@/lib/client/language';

export interface ConsolePage {
  path: string;
  label: string;
  icon: LucideIcon;
  /** In the bottom bar of a phone. */
  phone?: boolean;
}

/** The pages of the console, in the order of the navigation. */
export const CONSOLE_PAGES: readonly ConsolePage[] = [
  {
    path: 'overview',
    get label() {
      return t('Overview');
    },
    icon: Gauge,
    phone: true,
  },
  {
    path: 'approvals',
    get label() {
      return t('Approvals');
    },
    icon: ListChecks,
    phone: true,
  },
  {
    path: 'reviews',
    get label() {
      return t('Reviews');
    },
    icon: ClipboardCheck,
  },
  {
    path: 'agents',
    get label() {
      return t('Agents');
    },
    icon: Bot,
    phone: true,
  },
  {
    path: 'kill-switches',
    get label() {
      return t('Kill switches');
    },
    icon: OctagonX,
    phone: true,
  },
  {
    path: 'incidents',
    get label() {
      return t('Incidents');
    },
    icon: Siren,
  },
  {
    path: 'ladders',
    get label() {
      return t('Ladder');
    },
    icon: TrendingUp,
  },
  {
    path: 'tools',
    get label() {
      return t('Tools');
    },
    icon: Wrench,
  },
  {
    path: 'policies',
    get label() {
      return t('Policies');
    },
    icon: BookCheck,
  },
  {
    path: 'ledger',
    get label() {
      return t('Ledger');
    },
    icon: ScrollText,
  },
  {
    path: 'settings',
    get label() {
      return t('Settings');
    },
    icon: Settings,
  },
];
