'use client';

import { useCallback, useRef, useState } from 'react';
import { CONFIRM_GUARD_MS } from './shortcuts';
import type { Asking } from './asking';

interface Question {
  readonly id: string | null;
  readonly asking: Asking;
}

/** What is being asked about which approval; moving to another one drops the question. */
export function useAsking(openId: string | null) {
  const [question, setQuestion] = useState<Question>({ id: null, asking: 'nothing' });
  const askedAt = useRef(0);
  const ask = useCallback(
    (asking: Asking) => {
      askedAt.current = performance.now();
      setQuestion({ id: openId, asking });
    },
    [openId],
  );
  return {
    asking: question.id === openId ? question.asking : ('nothing' as const),
    ask,
    /** The press that opened the question is over, so that another one is meant. */
    mayConfirm: useCallback(() => performance.now() - askedAt.current >= CONFIRM_GUARD_MS, []),
  };
}
