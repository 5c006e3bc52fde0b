/** What a detector found in a text, written down: a signal, and from the threshold on a mark on the text that narrows its session. */
import { withTransaction } from '@/lib/db';
import { redact } from '@/lib/ledger';
import { applySignals } from '../apply-signals';
import { appendLedger } from '../ledger-entries';
import type { DetectorSettings } from './settings';
import { SUSPECTED_FROM, type DetectorQuestion, type DetectorVerdict } from './verdict';

const MAX_EXCERPT_CHARACTERS = 200;
const ACTOR = 'detector';

/** A text an agent has read: where it is kept, and whose it is. */
export interface ReadText {
  readonly workspaceId: string;
  readonly agentId: string;
  readonly sessionId: string;
  readonly decisionId: string;
}

export type Finding = 'hostile' | 'suspected' | 'nothing';

/** A text is hostile from the threshold on. Below, a detector that finds it more hostile than not leaves a note. */
export function findingOf({ probability }: DetectorVerdict, threshold: number): Finding {
  if (probability >= threshold) return 'hostile';
  return probability >= SUSPECTED_FROM ? 'suspected' : 'nothing';
}

/** There is no signal for a text that is found harmless: a detector gives nobody credit. */
const SIGNALS: Readonly<Record<Exclude<Finding, 'nothing'>, string>> = {
  hostile: 'context.hostile_text',
  suspected: 'context.text_suspected',
};

interface Found {
  readonly read: ReadText;
  readonly tool: string;
  readonly question: DetectorQuestion;
  readonly verdict: DetectorVerdict;
  readonly settings: Pick<DetectorSettings, 'version' | 'threshold'>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Records a verdict, unless the setting that it was given under is no longer in force.
 *
 * @returns what counts as found
 */
export async function recordFinding(found: Found): Promise<Finding> {
  const { read, verdict, settings, now } = found;
  const { workspaceId, agentId, sessionId, decisionId } = read;
  const finding = findingOf(verdict, settings.threshold);
  if (finding === 'nothing') return finding;
  return withTransaction(async (sql) => {
    const current = await sql(
      'SELECT 1 FROM workspace_epochs WHERE workspace_id = $1 AND detector_version = $2',
      [workspaceId, settings.version],
    );
    if (current.length === 0) return 'nothing';
    const detail = detailOf(found);
    const applied = await applySignals(sql, {
      workspaceId,
      agentId,
      now,
      actor: ACTOR,
      signals: [
        {
          kind: SIGNALS[finding],
          magnitude: verdict.probability,
          source: ACTOR,
          sourceClass: 'system',
          decisionId,
          detail,
        },
      ],
    });
    if (finding === 'hostile')
      await sql(
        'UPDATE session_reads SET hostile = $4 WHERE workspace_id = $1 AND agent_id = $5 AND session_id = $2 AND decision_id = $3',
        [workspaceId, sessionId, decisionId, verdict.probability, agentId],
      );
    const note = {
      kind: `detector.${finding}`,
      actor: ACTOR,
      subject: `decision:${decisionId}`,
      body: redact({ agent: agentId, session: sessionId, detector: settings.version, ...detail }),
    };
    await appendLedger(sql, workspaceId, [note, ...applied.notes], applied.announcements, now);
    return finding;
  });
}

function detailOf({ read, tool, question, verdict }: Found) {
  const { probability, labels, spans } = verdict;
  return {
    tool,
    probability,
    labels,
    passages: spans.map(({ start, end }) => ({
      read: read.decisionId,
      start,
      end,
      excerpt: question.text.slice(start, Math.min(end, start + MAX_EXCERPT_CHARACTERS)),
    })),
  };
}
