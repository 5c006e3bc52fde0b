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
  type LucideIcon,
} from 'lucide-react';

export interface ConsolePage {
  path: string;
  label: string;
  icon: LucideIcon;
  /** In the bottom bar of a phone. */
  phone?: boolean;
}

/** The pages of the console, in the order of the navigation. */
export const CONSOLE_PAGES: readonly ConsolePage[] = [
  { path: 'overview', label: 'Overview', icon: Gauge, phone: true },
  { path: 'approvals', label: 'Approvals', icon: ListChecks, phone: true },
  { path: 'reviews', label: 'Reviews', icon: ClipboardCheck },
  { path: 'agents', label: 'Agents', icon: Bot, phone: true },
  { path: 'kill-switches', label: 'Kill switches', icon: OctagonX, phone: true },
  { path: 'incidents', label: 'Incidents', icon: Siren },
  { path: 'ladders', label: 'Ladder', icon: TrendingUp },
  { path: 'policies', label: 'Policies', icon: BookCheck },
  { path: 'ledger', label: 'Ledger', icon: ScrollText },
  { path: 'settings', label: 'Settings', icon: Settings },
];
