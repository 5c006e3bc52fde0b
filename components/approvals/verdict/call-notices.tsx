import { AskedQuestion } from './asked-question';
import { SecondPerson } from './second-person';
import type { VerdictBarProps } from './verdict-bar-props';

/** What else is to know beside the buttons: that two people have to approve, that somebody waits for an answer. */
export function CallNotices(props: Pick<VerdictBarProps, 'approval' | 'viewerId' | 'decide'>) {
  return (
    <>
      <SecondPerson {...props} />
      <AskedQuestion approval={props.approval} viewerId={props.viewerId} />
    </>
  );
}
