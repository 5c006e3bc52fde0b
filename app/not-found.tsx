import { buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { t } from '@/lib/client/language';

/** The same answer for what never existed and for what belongs to another workspace. */
export default function NotFound() {
  return (
    <main className="mx-auto max-w-xl px-4 pt-[16vh]">
      <h1 className="text-xl font-semibold">{t('There is no such page')}</h1>
      <p className="mt-1 text-ink-2">
        {t(
          'It does not exist, it was removed, or it belongs to a workspace you are not a member of.',
        )}
      </p>
      <Link href="/" className={`${buttonClass('primary')} mt-4`}>
        {t('Open your overview')}
      </Link>
    </main>
  );
}
