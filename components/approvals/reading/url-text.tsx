import { UntrustedText } from '@/components/ui/untrusted-text';
import { rich } from '@/lib/client/language';
import { FoldedText } from '../detail/folded-text';
import { type UrlPart, urlParts, urlWarnings } from './url-parts';

/** A longer address is shown as the text it is, folded. */
const MOST_CHARACTERS = 900;

/** An address as it was sent, never a link: the host in bold, and in words what to look at. */
export function UrlText({ url }: { url: string }) {
  const warnings = urlWarnings(url);
  return (
    <>
      {url.length > MOST_CHARACTERS ? <LongUrl url={url} /> : <Parts parts={urlParts(url)} />}
      {warnings.length === 0 ? null : (
        <ul className="mt-1 flex flex-col gap-0.5 font-sans text-dense font-medium text-sev-2">
          {warnings.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Parts({ parts }: { parts: readonly UrlPart[] }) {
  return (
    <span className="whitespace-pre-wrap wrap-anywhere">
      {parts.map(({ part, text }) =>
        part === 'host' ? (
          <strong key={part} className="text-sm font-bold">
            <UntrustedText text={text} />
          </strong>
        ) : (
          <UntrustedText key={part} text={text} />
        ),
      )}
    </span>
  );
}

function LongUrl({ url }: { url: string }) {
  const host = urlParts(url).find(({ part }) => part === 'host')?.text ?? '';
  return (
    <>
      {host === '' ? null : (
        <p className="font-sans text-dense">
          {rich('to {host}', {
            host: (
              <strong className="font-bold">
                <UntrustedText text={host} mono />
              </strong>
            ),
          })}
        </p>
      )}
      <FoldedText text={url} mono />
    </>
  );
}
