'use client';

import { useEffect, useRef } from 'react';

/** A form whose first wrong field gets the focus when the server has refused it. */
export function useFirstInvalid(error: Error | null) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  return form;
}
