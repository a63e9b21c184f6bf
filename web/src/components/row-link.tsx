import { Link } from 'wouter';
import classes from './row-link.module.css';

/** The link of a row of a table, so that it can be opened in another tab. The keyboard opens the row itself. */
export function RowLink({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <Link href={href} className={classes['link']} tabIndex={-1}>
      {children}
    </Link>
  );
}
