'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Textarea } from '@/components/ui/field';
import { t } from '@/lib/client/language';
import { FormActions } from './form-actions';
import { KeyHint } from './key-hint';

/** A comment changes nothing about the call: it stays waiting. */
export function CommentForm({
  pending,
  onComment,
  onCancel,
}: {
  pending: boolean;
  onComment: (body: string) => void;
  onCancel: () => void;
}) {
  const [body, setBody] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const submit = (): void => {
    if (!pending && body.trim() !== '') onComment(body.trim());
  };
  return (
    <form
      className="flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
      }}
    >
      <Field
        label={t('Comment')}
        help={t('Everybody who may see this call reads it. The call stays waiting.')}
      >
        <Textarea
          ref={field}
          maxLength={4_000}
          value={body}
          onChange={(event) => setBody(event.target.value)}
        />
      </Field>
      <FormActions
        onCancel={onCancel}
        submit={
          <Button type="submit" variant="primary" pending={pending} className="max-md:h-11">
            {pending ? t('Adding…') : t('Add comment')}
            <KeyHint onFill>{t('Ctrl ⏎')}</KeyHint>
          </Button>
        }
      />
    </form>
  );
}
