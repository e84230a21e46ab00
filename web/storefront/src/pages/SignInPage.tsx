// Owns signing in and registering. The guest's cart goes along: nothing of it is lost.
import { type FormEvent, useState } from 'react';
import { useClient } from 'urql';
import { Link, useLocation, useSearchParams } from 'wouter';
import { plain } from '../api/client';
import { cartId } from '../api/keep';
import { session } from '../api/session';
import { MyCartDocument, RegisterDocument, SignInDocument } from '../gql/graphql';
import { Field, refusalOf, type UserError } from '../parts/Field';
import { Notice, Page } from '../parts/Page';

export function SignInPage({ isNew = false }: { isNew?: boolean }) {
  const client = useClient();
  const [, go] = useLocation();
  const [search] = useSearchParams();
  const [busy, setBusy] = useState(false);
  const [refusals, setRefusals] = useState<UserError[]>([]);
  const [tries, setTries] = useState(0);
  // Only an address of this shop: a link must not lead elsewhere.
  const to = /^\/(?!\/)/.test(search.get('to') ?? '') ? search.get('to')! : '/account';
  const other = `${isNew ? '/account/sign-in' : '/account/register'}?to=${encodeURIComponent(to)}`;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    setBusy(true);
    const errors = await enter(text('email'), text('password'), text('firstName'));
    setBusy(false);
    setTries((before) => before + 1);
    setRefusals(errors);
    if (!errors.length) go(to);
  }

  async function enter(email: string, password: string, firstName: string): Promise<UserError[]> {
    if (isNew) {
      const { data, error } = await client.mutation(RegisterDocument, { input: { email, password, firstName: firstName || null } });
      if (error) return [{ message: plain(error) }];
      if (data?.customerCreate?.userErrors.length) return data.customerCreate.userErrors;
    }
    const { data, error } = await client.mutation(SignInDocument, { input: { email, password, cartId: cartId.get() } });
    const payload = data?.customerAccessTokenCreate;
    if (!payload?.customerAccessToken) return payload?.userErrors ?? [{ message: error ? plain(error) : 'No answer came.' }];
    session.set(payload.customerAccessToken);
    // Without a cart here, the one that was filled on another device.
    const left = payload.cart ?? (await client.query(MyCartDocument, {})).data?.customer?.carts?.nodes[0];
    cartId.set(left?.id ?? null);
    return [];
  }

  const others = refusals.filter(({ field }) => !['email', 'password', 'firstName'].includes(field?.at(-1) ?? ''));
  return (
    <Page title={isNew ? 'Register' : 'Sign in'} className="narrow">
      <form onSubmit={(event) => void submit(event)} className="fields">
        {refusals.length > 0 && (
          <Notice tone="bad" key={tries}>{others.length ? others.map(({ message }) => <p key={message}>{message}</p>) : 'Please look at the fields that are marked.'}</Notice>
        )}
        {isNew && <Field label="First name" name="firstName" autoComplete="given-name" refusal={refusalOf(refusals, 'firstName')} />}
        <Field label="E-mail" name="email" type="email" autoComplete="email" required refusal={refusalOf(refusals, 'email')} />
        <Field
          label="Password" name="password" type="password" required minLength={isNew ? 8 : undefined}
          autoComplete={isNew ? 'new-password' : 'current-password'} refusal={refusalOf(refusals, 'password')}
        />
        <button className="button wide" aria-disabled={busy}>{isNew ? 'Register' : 'Sign in'}</button>
      </form>
      <p>{isNew ? 'Been here before? ' : 'New here? '}<Link href={other}>{isNew ? 'Sign in' : 'Register'}</Link></p>
    </Page>
  );
}
