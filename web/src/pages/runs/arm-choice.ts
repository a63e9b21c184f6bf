import type { RunInput } from '@fast-scanner/client';
import {
  flagField,
  listField,
  numberField,
  type SearchField,
  textField,
} from '../../hooks/use-search-state.ts';

/** What a run is asked for, as the form and its address hold it. */
export interface ArmChoice {
  /** Empty: the server's default. */
  readonly mode: string;
  readonly limit: number;
  /** Empty: the server's default. */
  readonly exchange: string;
  readonly majors: boolean;
  readonly altcoins: boolean;
  readonly memes: boolean;
  readonly min_score: number;
  readonly leverage: number;
  /** None: the most traded ones of the categories. */
  readonly symbols: readonly string[];
}

export const ARM_FIELDS: { readonly [Name in keyof ArmChoice]: SearchField<ArmChoice[Name]> } = {
  mode: textField(),
  limit: numberField(10),
  exchange: textField(),
  majors: flagField(true),
  altcoins: flagField(true),
  memes: flagField(),
  min_score: numberField(0),
  leverage: numberField(1),
  symbols: listField(),
};

/** What is wrong with a choice before the server is asked; `null` when nothing is. */
export function missingCategory({ majors, altcoins, memes, symbols }: ArmChoice): string | null {
  if (majors || altcoins || memes || symbols.length > 0) return null;
  return 'Choose a category, or name symbols: there is nothing to scan.';
}

/** The request; what the server would choose by itself is left out. */
export function toRunInput(choice: ArmChoice, mode: RunInput['sniper_mode']): RunInput {
  const { limit, exchange, majors, altcoins, memes, min_score, leverage, symbols } = choice;
  return {
    ...(mode === undefined ? {} : { sniper_mode: mode }),
    ...(exchange === '' ? {} : { exchange }),
    ...{ min_score, leverage },
    ...(symbols.length > 0 ? { symbols: [...symbols] } : { limit, majors, altcoins, meme_mode: memes }),
  };
}
