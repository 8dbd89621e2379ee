import { expect, test } from "vitest";
import { kafkaMode, kafkaServices } from "../../src/stack/chosen.ts";

test.each(["kafka", "KRaft", "zookeeper "])("KAFKA_MODE=%j is told in one sentence", (KAFKA_MODE) => {
  expect(() => kafkaMode({ KAFKA_MODE })).toThrow(
    `KAFKA_MODE is ${JSON.stringify(KAFKA_MODE)}; set it to zookeeper or kraft.`,
  );
});

test("ZooKeeper unless told otherwise", () => {
  expect([kafkaServices({}), kafkaServices({ KAFKA_MODE: "" }), kafkaServices({ KAFKA_MODE: "kraft" })]).toEqual([
    ["zookeeper", "kafka"],
    ["zookeeper", "kafka"],
    ["kafka"],
  ]);
});
