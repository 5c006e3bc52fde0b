import { actorRef } from '@/lib/auth';
import { ledgerQuerySchema } from '@/lib/contracts';
import { takePlace } from '@/lib/http/places';
import { exportLedger } from '@/lib/services/ledger/export';
import { listLedger } from '@/lib/services/ledger/list';
import { verifyLedger } from '@/lib/services/ledger/verify';
import { consoleHandler } from './console-handler';

export const getLedger = consoleHandler({ query: ledgerQuerySchema }, (context, { query }) =>
  listLedger(context, query),
);
export const postVerification = consoleHandler({}, async (context) => {
  const leave = takePlace('verifications', actorRef(context.actor));
  return verifyLedger(context).finally(leave);
});
export const getExport = consoleHandler({}, async (context) => {
  const lines = await exportLedger(context);
  return new Response(streamOf(lines), {
    headers: {
      'content-type': 'application/x-ndjson',
      'content-disposition': 'attachment; filename="belay-ledger.ndjson"',
      'cache-control': 'no-store',
    },
  });
});

/** A body that is read from the database as fast as the client takes it. */
function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const next = await lines.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}
