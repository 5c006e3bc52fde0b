'use client';

import type { EvidenceSource } from '@/lib/contracts';
import { AddSourceDialog } from './add-source-dialog';
import { ChangeSourceDialog } from './change-source-dialog';
import { RotateSecretDialog } from './rotate-secret-dialog';
import { PauseSource, RemoveSource } from './rest-source';
import type { SourceQuestion } from './questions';

/** The window for what is asked about a source. */
export function SourceWindow({
  question,
  all,
  onClose,
}: {
  question: SourceQuestion;
  all: readonly EvidenceSource[];
  onClose: () => void;
}) {
  switch (question.ask) {
    case 'add':
      return <AddSourceDialog onClose={onClose} />;
    case 'change':
      return <ChangeSourceDialog source={question.source} onClose={onClose} />;
    case 'pause':
      return <PauseSource source={question.source} onClose={onClose} />;
    case 'rotate':
      return <RotateSecretDialog source={question.source} onClose={onClose} />;
    case 'remove':
      return <RemoveSource source={question.source} all={all} onClose={onClose} />;
  }
}
