import type { Connection } from './connection.ts';
import { toStrictJson } from './strict-json.ts';

/** Values by key. */
export class SettingTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `null` deletes the key. */
  put(key: string, value: unknown): void {
    if (value === null) this.#connection.run('DELETE FROM settings WHERE key = :key', { key });
    else
      this.#connection.run('INSERT OR REPLACE INTO settings (key, value_json) VALUES (:key, :value)', {
        key,
        value: toStrictJson(value),
      });
  }

  get(key: string): unknown {
    const row = this.#connection.get('SELECT value_json AS value FROM settings WHERE key = :key', { key });
    return row ? JSON.parse(String(row['value'])) : null;
  }
}
