import { RowValue } from '../detail/argument-line';
import { FieldTable } from './field-table';
import type { KindCode, ReadingViewProps } from './kind-code';
import { Slot } from './slot';

export const RECORD: KindCode = {
  slots: ['record', 'before', 'after', 'changes'],
  draw: Fields,
};

function Fields(props: ReadingViewProps) {
  return (
    <>
      <Slot {...props} slot="record" />
      <FieldTable
        reading={props.reading}
        marked={props.marked}
        value={(row) => <RowValue row={row} />}
      />
    </>
  );
}
