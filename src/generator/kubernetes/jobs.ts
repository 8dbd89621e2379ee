import type { ICronJob } from "kubernetes-models/batch/v1/CronJob";
import type { IPersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import type { Kubernetes } from "../../core/config/kubernetes.ts";
import { kafkaEnvironment, kafkaMount, kafkaVolume, lokiEnvironment, values } from "./environment.ts";
import { type Component, metadata } from "./names.ts";
import { type Program, podOf } from "./pod.ts";
import { programs } from "./programs.ts";

type JobSpec = NonNullable<NonNullable<ICronJob["spec"]>["jobTemplate"]["spec"]>;
type Job = Readonly<{ schedule: string; job: Omit<JobSpec, "template">; program: Program }>;

const cronJob = (component: Component, { schedule, job, program }: Job): ICronJob => ({
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: metadata(component),
  spec: {
    schedule,
    timeZone: "Etc/UTC",
    concurrencyPolicy: "Forbid",
    startingDeadlineSeconds: 3600,
    jobTemplate: {
      spec: {
        ...job,
        activeDeadlineSeconds: 7200,
        template: podOf({ ...program, pod: { ...program.pod, restartPolicy: "Never" } }),
      },
    },
  },
});

/**
 * Compares the day's messages with Loki's lines.
 * A difference (status 1) fails the job at once; what could not be compared is tried again.
 */
export const reconcile = ({ image, schedules }: Kubernetes): ICronJob =>
  cronJob("reconcile", {
    schedule: schedules.reconcile,
    job: {
      backoffLimit: 3,
      podFailurePolicy: {
        rules: [
          {
            action: "FailJob",
            onExitCodes: { containerName: "reconcile", operator: "In", values: [1] },
            onPodConditions: [],
          },
        ],
      },
    },
    program: {
      component: "reconcile",
      image,
      volumes: [kafkaVolume],
      container: {
        command: [...programs.reconcile, "--last", "24h"],
        env: [...kafkaEnvironment, ...lokiEnvironment],
        resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "1", memory: "768Mi" } },
        volumeMounts: [kafkaMount],
      },
    },
  });

const REPORTS = "/rapports";

/** Sets `from` and `to` to the first days of the last month and of this one. */
export const lastMonth = [
  "year=$(date -u +%Y) month=$(date -u +%m)",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
  "month=${month#0}",
  'to=$(printf %d-%02d-01 "$year" "$month")',
  'if [ "$month" = 1 ]; then year=$((year - 1)) month=12; else month=$((month - 1)); fi',
  'from=$(printf %d-%02d-01 "$year" "$month")',
].join("\n");

/** Writes last month's report to the volume `reports`. */
export const report = ({ image, schedules, input: { timezone } }: Kubernetes): ICronJob =>
  cronJob("report", {
    schedule: schedules.report,
    job: { backoffLimit: 3 },
    program: {
      component: "report",
      image,
      volumes: [{ name: "reports", persistentVolumeClaim: { claimName: "reports" } }],
      container: {
        command: [
          "sh",
          "-euc",
          `${lastMonth}\nexec ${programs.report.join(" ")} --from "$from" --to "$to" --out ${REPORTS}`,
        ],
        env: [...lokiEnvironment, ...values({ LOGS_TIMEZONE: timezone })],
        resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "1", memory: "512Mi" } },
        volumeMounts: [{ name: "reports", mountPath: REPORTS }],
      },
    },
  });

export const reports = (): IPersistentVolumeClaim => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { ...metadata("report"), name: "reports" },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
});
