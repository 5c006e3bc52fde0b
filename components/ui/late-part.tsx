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
  /** What stands there until the code is; a getter where it says something. */
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

/** The code of one part, fetched once for all places that show it. */
interface LateCode<Props> {
  fetched: ComponentType<Props> | undefined;
  readonly fetch: () => Promise<ComponentType<Props>>;
  /** Places on the page that have not been in sight so far, to be told when the code is fetched early. */
  readonly unseen: Set<() => void>;
}

function lateCode<Props>(load: () => Promise<ComponentType<Props>>): LateCode<Props> {
  const code: LateCode<Props> = {
    fetched: undefined,
    fetch: async () => (code.fetched ??= await load()),
    unseen: new Set(),
  };
  return code;
}

/** Fetches the code for one place that shows it: at once, or when `place` comes into sight. */
function useLateCode<Props>(code: LateCode<Props>, waitsForSight: boolean) {
  const [state, setState] = useState({ part: code.fetched, failed: false, tries: 0 });
  const { tries } = state;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let shown = true;
    const settle = (part: ComponentType<Props> | undefined) => {
      if (shown) setState({ part, failed: part === undefined, tries });
    };
    const start = () => {
      stopWaiting();
      code.fetch().then(settle, () => settle(undefined));
    };
    const waits = waitsForSight && code.fetched === undefined && tries === 0;
    const unwatch = waits ? whenSeen(place, start) : undefined;
    const stopWaiting = () => {
      code.unseen.delete(start);
      unwatch?.();
    };
    if (waits) code.unseen.add(start);
    else start();
    return () => {
      shown = false;
      stopWaiting();
    };
  }, [code, tries, waitsForSight]);
  const again = () => setState({ part: undefined, failed: false, tries: tries + 1 });
  return { ...state, place, again };
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
  const { box, giveUp, instead, whenSeen: waitsForSight = false } = options;
  const code = lateCode(load);
  function LatePart(props: Props) {
    const { part, failed, place, again } = useLateCode(code, waitsForSight);
    if (part) return createElement(part, props);
    if (!failed) return waitsForSight ? <div ref={place}>{options.loading}</div> : options.loading;
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
    for (const start of code.unseen) start();
    code.fetch().catch(() => undefined);
  };
  return [LatePart, fetchEarly];
}
