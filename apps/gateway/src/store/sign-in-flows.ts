import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'
import type { SignInFlow } from './sign-in-flow.ts'

/** Sign-ins that are not complete yet. Each is found by the SHA-256 of its token, and used once. */
export function signInFlowRows(db: Kysely<Schema>) {
  return {
    async begin(tokenSha256: string, flow: SignInFlow, expiresAt: Date): Promise<void> {
      await db
        .insertInto('sign_in_flows')
        .values({ token_sha256: tokenSha256, flow: JSON.stringify(flow), expires_at: expiresAt })
        .execute()
    },

    /** False if it was used before. Kept until `expiresAt`. */
    async useOnce(tokenSha256: string, flow: SignInFlow, expiresAt: Date): Promise<boolean> {
      const row = await db
        .insertInto('sign_in_flows')
        .values({ token_sha256: tokenSha256, flow: JSON.stringify(flow), expires_at: expiresAt })
        .onConflict((conflict) => conflict.doNothing())
        .returning('token_sha256')
        .executeTakeFirst()
      return row !== undefined
    },

    /** Undefined when it is unknown, used, expired, or of another kind. */
    async take<Kind extends SignInFlow['kind']>(
      tokenSha256: string,
      kind: Kind,
      now: Date,
    ): Promise<Extract<SignInFlow, { readonly kind: Kind }> | undefined> {
      const row = await db
        .deleteFrom('sign_in_flows')
        .where('token_sha256', '=', tokenSha256)
        .where('expires_at', '>', now)
        .returning('flow')
        .executeTakeFirst()
      const isAsked = (flow: SignInFlow): flow is Extract<SignInFlow, { readonly kind: Kind }> =>
        flow.kind === kind
      return row !== undefined && isAsked(row.flow) ? row.flow : undefined
    },

    async deleteExpired(now: Date): Promise<void> {
      await db.deleteFrom('sign_in_flows').where('expires_at', '<=', now).execute()
    },
  }
}
