import { WaitingElsewhere } from '@/components/shell/waiting-elsewhere';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { RISK_NAMES } from '@/components/ui/risk-words';
import { Empty, NoMatch } from '@/components/ui/states';
import { t } from '@/lib/client/language';
import { NOT_NARROWED, type ViewParams, isFiltered } from '../view-params';

interface QueueNothingProps {
  view: ViewParams;
  workspace: string;
  /** Name of the agent the list is narrowed to. */
  agentName: string | null;
  onChange: (patch: Partial<ViewParams>) => void;
}

/** Why nothing is listed: nothing matches, or there is nothing. */
export function QueueNothing({ view, workspace, agentName, onChange }: QueueNothingProps) {
  return isFiltered(view) ? (
    <NoMatch filters={filterWords(view, agentName)} onClear={() => onChange(NOT_NARROWED)} />
  ) : (
    <NothingHere tab={view.tab} workspace={workspace} />
  );
}

const EMPTY: Readonly<Record<ViewParams['tab'], { title: string; text: string }>> = {
  mine: {
    get title() {
      return t('Nothing is yours');
    },
    get text() {
      return t('Calls you have claimed, and those assigned to you, are listed here.');
    },
  },
  unclaimed: {
    get title() {
      return t('Everything has somebody');
    },
    get text() {
      return t('Calls that nobody has claimed and that are assigned to nobody are listed here.');
    },
  },
  team: {
    get title() {
      return t('Nothing waits for a person');
    },
    get text() {
      return t(
        'When an agent asks for more than its rung allows, the call appears here within a second.',
      );
    },
  },
  second: {
    get title() {
      return t('Nothing waits for a second person');
    },
    get text() {
      return t('Calls that need more than one approval are listed here once they have the first.');
    },
  },
  snoozed: {
    get title() {
      return t('Nothing is put aside');
    },
    get text() {
      return t('Calls you have put aside come back by themselves before their time is over.');
    },
  },
  closed: {
    get title() {
      return t('Nothing is closed yet');
    },
    get text() {
      return t('Approved, rejected, expired and cancelled calls are listed here, newest first.');
    },
  },
};

function NothingHere({ tab, workspace }: { tab: ViewParams['tab']; workspace: string }) {
  const { title, text } = EMPTY[tab];
  return (
    <Empty
      title={title}
      action={
        tab === 'team' ? (
          <Link href={`/${workspace}/agents`} className={buttonClass()}>
            {t('See the agents')}
          </Link>
        ) : undefined
      }
    >
      {text}
      <WaitingElsewhere className="mt-2 text-ink" />
    </Empty>
  );
}

function filterWords(view: ViewParams, agentName: string | null): string[] {
  return [
    ...(view.q.trim() === '' ? [] : [t('Search: {search}', { search: view.q.trim() })]),
    ...(view.risk === null ? [] : [t('Risk: {risk}', { risk: RISK_NAMES[view.risk] })]),
    ...(view.tool === null ? [] : [t('Tool: {tool}', { tool: view.tool })]),
    ...(view.agent === null ? [] : [t('Agent: {agent}', { agent: agentName ?? view.agent })]),
  ];
}
