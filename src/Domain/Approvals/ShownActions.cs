using System.Text;
using System.Text.Json;
using Platform.Domain.Kernel;

namespace Platform.Domain.Approvals;

/// <summary>An action as it is kept: its name, its input, the facts behind it, and one hash over all that was shown.</summary>
internal sealed record ShownAction(string Action, string Input, IReadOnlyList<ShownFacts> Preconditions, string Hash);

/// <summary>Writes actions down when they are asked for, and runs them when everybody agreed.</summary>
internal sealed class ShownActions(
    OperationCatalog catalog, IServiceProvider services, IEnumerable<IMaterialFacts> readers, IEnumerable<ICarriedOutFollower> followers)
{
    private (Operation Operation, object Command)? _ran;

    public async Task<ShownAction> WriteAsync(object command, ApprovalSheet sheet, CancellationToken ct)
    {
        var input = CanonicalJson.Of(command);
        var again = JsonSerializer.Deserialize(input, command.GetType(), KernelJson.Options)!;
        if (!CanonicalJson.Of(again).AsSpan().SequenceEqual(input))
        {
            throw new InvalidOperationException($"{command.GetType().Name} does not come back from JSON as it was; it cannot be approved.");
        }

        var facts = new List<ShownFacts>(sheet.Preconditions.Count);
        foreach (var subject in sheet.Preconditions)
        {
            var found = await ReadAsync(subject.Kind, subject.Id, ct)
                ?? throw new InvalidOperationException($"{subject.Kind} {subject.Id} is shown for approval and does not exist.");
            facts.Add(new ShownFacts(subject.Kind, subject.Id, found));
        }

        var text = Encoding.UTF8.GetString(input);
        return new ShownAction(command.GetType().Name, text, facts, HashOf(command.GetType().Name, text, sheet.Title, sheet.Effects, facts));
    }

    /// <summary>The hash of a stored request, computed anew: somebody may have changed a row.</summary>
    public static string HashOf(ApprovalRequest request) => HashOf(
        request.Action,
        request.ActionInput,
        request.Title,
        JsonSerializer.Deserialize<IReadOnlyList<ShownEffect>>(request.Effects, KernelJson.Options)!,
        Facts(request));

    /// <summary>Reads every fact again under locks that hold until the commit, and names what is otherwise .</summary>
    public async Task<IReadOnlyList<FactChange>> ChangesAsync(ApprovalRequest request, CancellationToken ct)
    {
        var changes = new List<FactChange>();
        foreach (var shown in Facts(request))
        {
            var now = await ReadAsync(shown.Kind, shown.Id, ct);
            changes.AddRange(Compare(shown, now));
        }

        return changes;
    }

    /// <summary>Runs the action as the last approver, if they may and everything is still as it was shown.</summary>
    public async Task<Result<string>> RunAsync(ApprovalRequest request, Envelope approver, CancellationToken ct)
    {
        if (!string.Equals(HashOf(request), request.ShownHash, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Request {request.Id} is not what was filed; its row was changed by hand.");
        }

        if (RefuseExecutor(request, approver.Permissions) is { } mayNot)
        {
            return mayNot;
        }

        return await ChangesAsync(request, ct) is { Count: > 0 } changes
            ? new PreconditionsChanged(request.Id, changes)
            : await CarryOutAsync(request, approver, ct);
    }

    /// <summary>Runs other values of the same action as the only approver, if they may and every fact is still as it was shown.</summary>
    public async Task<Result<string>> RunAmendedAsync(ApprovalRequest request, object command, Envelope approver, CancellationToken ct)
    {
        if (RefuseExecutor(request, approver.Permissions) is { } mayNot)
        {
            return mayNot;
        }

        return await ChangesAsync(request, ct) is { Count: > 0 } changes
            ? new PreconditionsChanged(request.Id, changes)
            : await ActAsync(request, catalog.Find(request.Action)!, command, approver, ct);
    }

    /// <summary>Runs the action under the mandate of the request, and tells the owner of its subject.</summary>
    public async Task<Result<string>> CarryOutAsync(ApprovalRequest request, Envelope executor, CancellationToken ct)
    {
        if (catalog.Find(request.Action) is not { } operation)
        {
            return new ActionRefused(request.Action, "OPERATION_UNKNOWN", "this version of the program does not know it.");
        }

        var command = JsonSerializer.Deserialize(request.ActionInput, operation.Command, KernelJson.Options)!;
        var ran = await ActAsync(request, operation, command, executor, ct);
        foreach (var follower in followers.Where(one => ran.Error is null && string.Equals(one.SubjectKind, request.SubjectKind, StringComparison.Ordinal)))
        {
            await follower.CarriedOutAsync(request.SubjectId, executor, ct);
        }

        return ran;
    }

    private async Task<Result<string>> ActAsync(
        ApprovalRequest request, Operation operation, object command, Envelope executor, CancellationToken ct)
    {
        _ran = (operation, command);
        var result = await operation.Act(services, command, executor with { Mandate = request.Id.Value, IdempotencyKey = null }, ct);
        return result.Succeeded(out var outcome)
            ? JsonSerializer.Serialize(outcome, outcome.GetType(), KernelJson.Options)
            : new ActionRefused(request.Action, result.Error!.Code, result.Error.Message);
    }

    /// <summary>Whether somebody could carry the action out at all; asked before they agree to do it later.</summary>
    public ApproverMayNotAct? RefuseExecutor(ApprovalRequest request, IReadOnlySet<string> permissions) =>
        catalog.Find(request.Action)?.Permission is { } needed && permissions.Contains(needed)
            ? null
            : new ApproverMayNotAct(request.Action, catalog.Find(request.Action)?.Permission ?? "a permission that nobody has");

    /// <summary>A constraint that the action's own handler knows is the action's refusal.</summary>
    public ActionRefused? RefusalFor(string constraint) =>
        _ran is { } ran && ran.Operation.RefusalOfAct(services, ran.Command, constraint) is { } refusal
            ? new ActionRefused(ran.Operation.Name, refusal.Code, refusal.Message)
            : null;

    private static List<ShownFacts> Facts(ApprovalRequest request) =>
        JsonSerializer.Deserialize<List<ShownFacts>>(request.Preconditions, KernelJson.Options)!;

    private static string HashOf(
        string action, string input, string title, IReadOnlyList<ShownEffect> effects, IReadOnlyList<ShownFacts> facts) =>
        Convert.ToHexStringLower(CanonicalJson.Fingerprint(CanonicalJson.Of(new { action, input, title, effects, facts })));

    private static IEnumerable<FactChange> Compare(ShownFacts shown, JsonElement? now)
    {
        var current = now?.EnumerateObject().ToDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal);
        var names = shown.Facts.EnumerateObject().Select(fact => fact.Name).Union(current?.Keys.AsEnumerable() ?? [], StringComparer.Ordinal);
        foreach (var name in names)
        {
            var was = shown.Facts.TryGetProperty(name, out var before) ? Text(before) : null;
            var isNow = current is not null && current.TryGetValue(name, out var after) ? Text(after) : null;
            if (!string.Equals(was, isNow, StringComparison.Ordinal))
            {
                yield return new FactChange(shown.Kind, shown.Id, name, was, isNow);
            }
        }
    }

    private static string Text(JsonElement value) => Encoding.UTF8.GetString(CanonicalJson.Of(value));

    private async Task<JsonElement?> ReadAsync(string kind, Guid id, CancellationToken ct)
    {
        var facts = await readers.Single(reader => string.Equals(reader.Kind, kind, StringComparison.Ordinal)).ReadAsync(id, ct);
        return facts is null ? null : JsonSerializer.SerializeToElement(facts, facts.GetType(), KernelJson.Options);
    }
}
