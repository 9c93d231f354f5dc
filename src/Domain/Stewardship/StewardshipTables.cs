using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Kernel;

namespace Platform.Domain.Stewardship;

internal sealed class MasterChangeMapping : IEntityTypeConfiguration<MasterChange>
{
    public void Configure(EntityTypeBuilder<MasterChange> builder)
    {
        builder.ToTable("master_change").HasKey(change => change.Id);
        builder.Property(change => change.Id).ValueGeneratedNever();
        builder.Property(change => change.Before).HasColumnType("jsonb");
        builder.Property(change => change.After).HasColumnType("jsonb");
        builder.Property(change => change.Version).IsConcurrencyToken();
        builder.Ignore(change => change.IsAwaiting);
    }
}

internal sealed class FieldGroupOwnerMapping : IEntityTypeConfiguration<FieldGroupOwner>
{
    public void Configure(EntityTypeBuilder<FieldGroupOwner> builder) =>
        builder.ToTable("field_group_owner").HasKey(owner => new { owner.RecordKind, owner.FieldGroup });
}

internal sealed class StewardshipServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services.AddScoped<RecordUses>().AddScoped<RecordHistory>();
}

internal static class StewardshipTables
{
    public static Task<MasterChange?> LockMasterChangeAsync(
        this PlatformDb db, MasterChangeId id, CancellationToken ct) =>
        db.Set<MasterChange>()
            .FromSql($"select * from master_change where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    public static Task<FieldGroupOwner?> FindFieldGroupOwnerAsync(
        this PlatformDb db, RecordKind kind, FieldGroup group, CancellationToken ct) =>
        db.Set<FieldGroupOwner>()
            .SingleOrDefaultAsync(owner => owner.RecordKind == kind && owner.FieldGroup == group, ct);

    /// <summary>Registers a change that took effect.</summary>
    public static void RegisterChange(this PlatformDb db, Changed changed, Envelope envelope) =>
        db.Add(MasterChange.Record(changed, ChangeState.Applied, envelope));

    /// <summary>
    /// Registers a change as its owner's, or as a request to the owner, and says which (CAT-02). A group that nobody owns
    /// may be changed by whoever may run the command.
    /// </summary>
    public static async Task<MasterChange> RegisterOwnedChangeAsync(
        this PlatformDb db, Changed changed, Envelope envelope, CancellationToken ct)
    {
        var owner = await db.FindFieldGroupOwnerAsync(changed.Kind, changed.Group, ct);
        var state = FieldGroupOwner.Decides(owner, envelope.Permissions)
            ? ChangeState.Applied
            : ChangeState.AwaitingOwner;
        var change = MasterChange.Record(changed, state, envelope);
        db.Add(change);
        return change;
    }
}
