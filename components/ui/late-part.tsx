'use client';

import {
  createElement,
  useEffect,
  useRef,
  useState,
  type ComponentType,
  type ReactNode,
  type RefObject,
} from 'react';
import { t } from '@/lib/client/language';
import { Button } from './button';
import { Failed } from './states';

interface LatePartOptions<Props> {
  /** What stands there until the code is. */
  loading: ReactNode;
  /** A sentence for when the code cannot be fetched, read when it is needed: a getter says it in the language of the page. */
  what: string;
  /** Classes of the box around that sentence, where the part itself would not stand in the page. */
  box?: string;
  /** Gives the part up, where it can be. */
  giveUp?: (props: Props) => void;
  /** What is shown under that sentence instead. */
  instead?: (props: Props) => ReactNode;
  /** Below the first screen: the code comes when the part does, or with `fetchEarly`, whichever is first. */
  whenSeen?: boolean;
}

/** Calls `act` when the element comes into sight. @returns ends it */
function whenSeen({ current }: RefObject<HTMLElement | null>, act: () => void): () => void {
  if (current === null) return () => undefined;
  const observer = new IntersectionObserver(
    (entries) => entries.some(({ isIntersecting }) => isIntersecting) && act(),
  );
  observer.observe(current);
  return () => observer.disconnect();
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
  const { loading, box, giveUp, instead } = options;
  let fetched: ComponentType<Props> | undefined;
  const fetchCode = async () => (fetched ??= await load());
  /** Parts on the page that were not in sight so far. */
  const unseen = new Set<() => void>();
  function LatePart(props: Props) {
    const [code, setCode] = useState({ part: fetched, failed: false, tries: 0 });
    const { tries } = code;
    const place = useRef<HTMLDivElement>(null);
    useEffect(() => {
      let shown = true;
      const settle = (part: ComponentType<Props> | undefined) => {
        if (shown) setCode({ part, failed: part === undefined, tries });
      };
      const start = () => {
        stopWaiting();
        fetchCode().then(settle, () => settle(undefined));
      };
      const waits = options.whenSeen === true && fetched === undefined && tries === 0;
      const unwatch = waits ? whenSeen(place, start) : undefined;
      const stopWaiting = () => {
        unseen.delete(start);
        unwatch?.();
      };
      if (waits) unseen.add(start);
      else start();
      return () => {
        shown = false;
        stopWaiting();
      };
    }, [tries]);
    if (code.part) return createElement(code.part, props);
    if (!code.failed) return options.whenSeen ? <div ref={place}>{loading}</div> : loading;
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
        {instead?.(props)}
      </div>
    );
  }
  const fetchEarly = () => {
    for (const start of unseen) start();
    fetchCode().catch(() => undefined);
  };
  return [LatePart, fetchEarly];
}
