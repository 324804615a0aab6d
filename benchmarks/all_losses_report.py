"""The table of the comparison, in Markdown."""

import math

GOAL = 1.0
LEAST = 0.8


def geometric_mean(ratios):
    return math.exp(sum(math.log(r) for r in ratios) / len(ratios)) if ratios else math.nan


def summary(lines):
    """Figures over all lines that were timed, and over each group."""
    timed = [line for line in lines if "ratio" in line]
    groups = {"all": timed}
    for line in timed:
        groups.setdefault(line["group"], []).append(line)
    return {group: {"losses": len(members), "geometric_mean": geometric_mean([m["ratio"] for m in members]),
                    "geometric_mean_eager": geometric_mean([m["eager_ratio"] for m in members]),
                    "share_at_goal": sum(m["ratio"] >= GOAL for m in members) / max(1, len(members)),
                    "under_least": sorted(m["name"] for m in members if m["ratio"] < LEAST)}
            for group, members in groups.items()}


def milliseconds(x):
    return f"{x:.3f}" if x < 1 else f"{x:.2f}" if x < 100 else f"{x:.0f}"


def row(line):
    estimate = " (estimated)" if line["estimated"] else ""
    return (f"| {line['name']}, {line['size']}{estimate} | {line['ratio']:.3g} | {line['eager_ratio']:.3g} "
            f"| {milliseconds(line['ours_ms'])} | {milliseconds(line['compiled_ms'])} | {milliseconds(line['eager_ms'])} "
            f"| {line['ns_per_entry']:.3g} | {100 * line['limit_share']:.3g} % |")


def report(result):
    """Sorted by the ratio, the worst first."""
    timed = sorted((line for line in result["losses"] if "ratio" in line), key=lambda line: line["ratio"])
    triads = result["triad_bytes_per_second"]
    text = [f"{result['date']}, {result['threads']} threads, PyTorch {result['torch']}; triad "
            + ", ".join(f"{size * 12 / 2**20:.3g} MiB {speed / 1e9:.1f} GB/s" for size, speed in sorted(triads.items())), "",
            "| | losses | geometric mean to compiled | to eager | at 1.0 or above | under 0.8 |", "|---|---|---|---|---|---|"]
    text += [f"| {group} | {s['losses']} | {s['geometric_mean']:.2f} | {s['geometric_mean_eager']:.2f} "
             f"| {100 * s['share_at_goal']:.0f} % | {len(s['under_least'])} |" for group, s in summary(result["losses"]).items()]
    text += ["", "| loss, shape of a prediction | ratio to compiled | to eager | Lossforge ms | compiled ms | eager ms "
             "| ns per entry | of the memory limit |", "|---|---|---|---|---|---|---|---|"]
    text += [row(line) for line in timed]
    problems = [line for line in result["losses"] if "problem" in line]
    if problems:
        text += ["", "Not timed:", "", "| loss, shape | why |", "|---|---|"]
        text += [f"| {line['name']}, {line['size']} | {line['problem']} |" for line in problems]
    return "\n".join(text) + "\n"


def scaling_report(result):
    """Sorted by the gain, the least first."""
    lines = sorted(result["losses"], key=lambda line: line["one_ms"] / line["all_ms"])
    text = ["| loss, shape of a prediction | 1 thread ms | all threads ms | gain |", "|---|---|---|---|"]
    text += [f"| {line['name']}, {line['size']} | {milliseconds(line['one_ms'])} | {milliseconds(line['all_ms'])} "
             f"| {line['one_ms'] / line['all_ms']:.2f} |" for line in lines]
    return "\n".join(text) + "\n"


def cold_report(result):
    text = ["| loss, shape of a prediction | first call ms | calls in the first second | fastest ms, later |", "|---|---|---|---|"]
    text += [f"| {line['name']}, {line['size']} | {line['first_ms']:.0f} | {line['calls_in_first_second']} "
             f"| {milliseconds(line['steady_ms'])} |" for line in result["losses"]]
    return "\n".join(text) + "\n"
