'use client';

import { createElement, useEffect, useState, type ComponentType, type ReactNode } from 'react';
import { t } from '@/lib/client/language';
import { Button } from './button';
import { Failed } from './states';

interface LatePartOptions<Props> {
  /** What stands there until the code is; a getter where it says something. */
  loading: ReactNode;
  /** A sentence for when the code cannot be fetched, read when it is needed: a getter says it in the language of the page. */
  what: string;
  /** Classes of the box around that sentence, where the part itself would not stand in the page. */
  box?: string;
  /** Gives the part up, where it can be. */
  giveUp?: (props: Props) => void;
}

/**
 * A part of a page whose code comes when it is first shown. When it cannot be fetched, because the connection is gone or the
 * server is, that part says so and tries again on demand; the page around it stays.
 *
 * @returns the component, and how to fetch its code before it is shown
 */
export function latePart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  options: LatePartOptions<Props>,
): readonly [part: ComponentType<Props>, fetchEarly: () => void] {
  const { box, giveUp } = options;
  let fetched: ComponentType<Props> | undefined;
  const fetchCode = async () => (fetched ??= await load());
  function LatePart(props: Props) {
    const [code, setCode] = useState({ part: fetched, failed: false, tries: 0 });
    const { tries } = code;
    useEffect(() => {
      let shown = true;
      const settle = (part: ComponentType<Props> | undefined) => {
        if (shown) setCode({ part, failed: part === undefined, tries });
      };
      fetchCode().then(settle, () => settle(undefined));
      return () => {
        shown = false;
      };
    }, [tries]);
    if (code.part) return createElement(code.part, props);
    if (!code.failed) return options.loading;
    const again = () => setCode({ part: undefined, failed: false, tries: tries + 1 });
    return (
      <div className={box}>
        <Failed
          what={options.what}
          detail={t('Its code could not be fetched from the server.')}
          onRetry={again}
        />
        {giveUp ? (
          <p className="flex justify-center pb-4">
            <Button variant="quiet" onClick={() => giveUp(props)}>
              {t('Close')}
            </Button>
          </p>
        ) : null}
      </div>
    );
  }
  return [LatePart, () => void fetchCode().catch(() => undefined)];
}
