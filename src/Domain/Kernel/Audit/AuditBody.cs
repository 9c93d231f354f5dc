using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Platform.Domain.Kernel.Audit;

/// <summary>The detail of an audit row: the input, and what it changed or why it was refused.</summary>
internal static class AuditBody
{
    public static string Of(Attempt attempt, IReadOnlyList<RaisedEvent> events) =>
        Write(attempt, body =>
        {
            if (attempt.Changes.Count > 0)
            {
                body.WritePropertyName("changes");
                JsonSerializer.Serialize(body, attempt.Changes, KernelJson.Options);
            }

            if (events.Count > 0)
            {
                body.WriteStartArray("raised");
                foreach (var raised in events)
                {
                    body.WriteStringValue($"{raised.Event.GetType().Name} {raised.Event.Subject.Kind} {raised.Event.Subject.Id}");
                }

                body.WriteEndArray();
            }
        });

    public static string OfRefusal(Attempt attempt, string facts) =>
        Write(attempt, body =>
        {
            body.WritePropertyName("refusal");
            body.WriteRawValue(facts);
        });

    /// <summary>Before and after of every tracked change, by column. A new row has no before, a removed one no after.</summary>
    public static IReadOnlyList<EntityChange> ChangesOf(PlatformDb db) =>
        db.ChangeTracker.Entries()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(entry => new EntityChange(
                entry.Metadata.ClrType.Name, Key(entry), Columns(entry, entry.State).ToList()))
            .ToList();

    private static string Key(EntityEntry entry) =>
        string.Join('/', entry.Metadata.FindPrimaryKey()!.Properties.Select(key => Stored(entry.Property(key.Name).CurrentValue, key)));

    private static IEnumerable<ColumnChange> Columns(EntityEntry entry, EntityState state)
    {
        foreach (var property in AllProperties(entry))
        {
            var isShown = state is EntityState.Modified ? property.IsModified : !property.Metadata.IsPrimaryKey();
            if (isShown)
            {
                yield return new ColumnChange(
                    property.Metadata.Name,
                    state is EntityState.Added ? null : Stored(property.OriginalValue, property.Metadata),
                    state is EntityState.Deleted ? null : Stored(property.CurrentValue, property.Metadata));
            }
        }
    }

    private static IEnumerable<PropertyEntry> AllProperties(EntityEntry entry) =>
        entry.Properties.Concat(entry.ComplexProperties.SelectMany(AllProperties));

    private static IEnumerable<PropertyEntry> AllProperties(ComplexPropertyEntry entry) =>
        entry.Properties.Concat(entry.ComplexProperties.SelectMany(AllProperties));

    private static object? Stored(object? value, Microsoft.EntityFrameworkCore.Metadata.IProperty property) =>
        property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;

    private static string Write(Attempt attempt, Action<Utf8JsonWriter> detail)
    {
        using var buffer = new MemoryStream(attempt.Input.Length + 128);
        using (var body = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = KernelJson.Options.Encoder }))
        {
            body.WriteStartObject();
            body.WritePropertyName("input");
            body.WriteRawValue(attempt.Input, skipInputValidation: true);
            detail(body);
            body.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
