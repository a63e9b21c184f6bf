import { useScannerClient } from '@fast-scanner/client/react';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { FileSpreadsheet, FileText } from 'lucide-react';
import { describeError } from '../../components/describe-error.ts';
import { saveFile } from '../../components/save-file.ts';

const KINDS = {
  report: { label: 'Report', icon: FileText, ending: 'html', type: 'text/html' },
  csv: { label: 'CSV', icon: FileSpreadsheet, ending: 'csv', type: 'text/csv' },
} as const;

interface DownloadButtonProps {
  readonly jobId: string;
  readonly kind: keyof typeof KINDS;
}

/** Saves the result: as a page that needs nothing else, or its stocks as a table. */
export function DownloadButton({ jobId, kind }: DownloadButtonProps) {
  const { marketScans } = useScannerClient();
  const { label, icon: Icon, ending, type } = KINDS[kind];
  const download = useMutation({
    mutationFn: () => (kind === 'csv' ? marketScans.resultCsv(jobId) : marketScans.report(jobId)),
    onSuccess: (text) => saveFile(text, { name: `market-scan-${jobId.slice(0, 8)}.${ending}`, type }),
    onError: (error) => {
      const { title, detail } = describeError(error);
      notifications.show({ color: 'red', title, message: detail });
    },
  });
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<Icon size={14} aria-hidden />}
      loading={download.isPending}
      onClick={() => download.mutate()}
      aria-label={`Download ${kind === 'csv' ? 'the stocks as CSV' : 'the report as HTML'}`}
    >
      {label}
    </Button>
  );
}
