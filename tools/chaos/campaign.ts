import type { Verdict } from './verify.ts'

export interface CampaignOptions {
  readonly seed: number
  /** How often a gateway is killed. Other processes that are killed are not counted. */
  readonly kills: number
}

export interface CampaignReport {
  readonly verdict: Verdict
  readonly kills: number
  readonly notes: string
  readonly log: string
}

/** One kind of failure, caused in real processes. The result is verified from outside the gateway. */
export type Campaign = (options: CampaignOptions) => Promise<CampaignReport>
