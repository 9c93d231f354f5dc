using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;
using Platform.Domain.Policies;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Exceptions;

internal sealed class ExceptionCategoryMapping : IEntityTypeConfiguration<ExceptionCategory>
{
    public void Configure(EntityTypeBuilder<ExceptionCategory> builder)
    {
        builder.ToTable("exception_category").HasKey(category => category.Code);
        builder.Property(category => category.Version).IsConcurrencyToken();
    }
}

internal sealed class ExceptionCaseMapping : IEntityTypeConfiguration<ExceptionCase>
{
    public void Configure(EntityTypeBuilder<ExceptionCase> builder)
    {
        builder.ToTable("exception_case").HasKey(found => found.Id);
        builder.Property(found => found.Id).ValueGeneratedNever();
        builder.Property(found => found.ValueAtStake).HasPrecision(19, 4);
        builder.Property(found => found.Facts).HasColumnType("jsonb");
        builder.Property(found => found.History).HasColumnType("jsonb");
        builder.Property(found => found.EscalationPath).HasColumnType("text[]");
        builder.Property(found => found.Version).IsConcurrencyToken();
        builder.HasOne<ExceptionCategory>().WithMany().HasForeignKey(found => found.Category);
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(found => found.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(found => found.WarehouseId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(found => found.SupplierId);
        builder.HasOne<Customer>().WithMany().HasForeignKey(found => found.CustomerId);
        builder.HasOne<Item>().WithMany().HasForeignKey(found => found.ItemId);
        builder.HasOne<Calendar>().WithMany().HasForeignKey(found => found.CalendarId);
    }
}

internal sealed class ExceptionSignalMapping : IEntityTypeConfiguration<ExceptionSignal>
{
    public void Configure(EntityTypeBuilder<ExceptionSignal> builder)
    {
        builder.ToTable("exception_signal").HasKey(signal => signal.Id);
        builder.Property(signal => signal.Id).ValueGeneratedNever();
        builder.Property(signal => signal.ValueAtStake).HasPrecision(19, 4);
        builder.Property(signal => signal.Facts).HasColumnType("jsonb");
        builder.HasOne<ExceptionCase>().WithMany().HasForeignKey(signal => signal.CaseId);
    }
}

internal sealed class ExceptionNoteMapping : IEntityTypeConfiguration<ExceptionNote>
{
    public void Configure(EntityTypeBuilder<ExceptionNote> builder)
    {
        builder.ToTable("exception_note").HasKey(note => note.Id);
        builder.Property(note => note.Id).ValueGeneratedNever();
        builder.HasOne<ExceptionCase>().WithMany().HasForeignKey(note => note.CaseId);
    }
}

internal sealed class ExceptionsServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services
        .AddScoped<ExceptionDesk>()
        .AddScoped<CaseClosing>()
        .AddScoped<ExceptionRouting>()
        .AddScoped<CaseHistories>()
        .AddScoped<IPolicySimulation, RoutingSimulation>();
}

/// <summary>The rows of exceptions, and every lock on them; several are always locked in the order of their ids.</summary>
internal static class ExceptionsTables
{
    public static Task LockExceptionKeyAsync(this PlatformDb db, string key, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.ExceptionKeys}, hashtext({key}))", ct);

    /// <summary>A case that this transaction opened itself has no row yet.</summary>
    public static async Task<ExceptionCase?> FindOpenCaseAsync(this PlatformDb db, string key, CancellationToken ct) =>
        db.Set<ExceptionCase>().Local.FirstOrDefault(found => found.CorrelationKey == key && found.Status != CaseStatus.Resolved)
        ?? await db.Set<ExceptionCase>()
            .FromSql($"select * from exception_case where correlation_key = {key} and status <> 'RESOLVED' for no key update")
            .SingleOrDefaultAsync(ct);

    public static Task<ExceptionCase?> LockCaseAsync(this PlatformDb db, ExceptionCaseId id, CancellationToken ct) =>
        db.Set<ExceptionCase>()
            .FromSql($"select * from exception_case where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    public static Task<ExceptionCategory?> FindCategoryAsync(this PlatformDb db, string code, CancellationToken ct) =>
        db.Set<ExceptionCategory>().AsNoTracking().SingleOrDefaultAsync(category => category.Code == code, ct);

    public static Task<ExceptionCategory?> LockCategoryAsync(this PlatformDb db, string code, CancellationToken ct) =>
        db.Set<ExceptionCategory>()
            .FromSql($"select * from exception_category where code = {code} for no key update")
            .SingleOrDefaultAsync(ct);

    /// <summary>Whoever runs at the same time passes over what another holds: each case is moved once.</summary>
    public static Task<List<ExceptionCase>> LockOverdueCasesAsync(
        this PlatformDb db, DateTimeOffset now, int most, CancellationToken ct) =>
        db.Set<ExceptionCase>()
            .FromSql(
                $"""
                select * from exception_case
                where due_at < {now} and status in ('NEW', 'TRIAGED', 'ASSIGNED', 'IN_PROGRESS')
                order by due_at, id limit {most} for no key update skip locked
                """)
            .ToListAsync(ct);

    public static Task<List<ExceptionCase>> LockAwakeCasesAsync(
        this PlatformDb db, DateTimeOffset now, int most, CancellationToken ct) =>
        db.Set<ExceptionCase>()
            .FromSql(
                $"""
                select * from exception_case
                where wait_until <= {now} and status = 'WAITING'
                order by wait_until, id limit {most} for no key update skip locked
                """)
            .ToListAsync(ct);

    /// <summary>Cases as they are, with the queue that their category would give them.</summary>
    public static async Task<List<(ExceptionCase Case, string CategoryQueue)>> FindRoutedCasesAsync(
        this PlatformDb db, DateTimeOffset since, int most, CancellationToken ct)
    {
        var queues = await db.Set<ExceptionCategory>().ToDictionaryAsync(one => one.Code, one => one.Queue, StringComparer.Ordinal, ct);
        var cases = await db.Set<ExceptionCase>()
            .AsNoTracking()
            .Where(found => found.CreatedAt >= since)
            .OrderByDescending(found => found.CreatedAt)
            .ThenBy(found => found.Id)
            .Take(most)
            .ToListAsync(ct);
        return cases.ConvertAll(found => (found, queues[found.Category]));
    }

    /// <summary>By which calendar and wall clock time is counted: the rule's calendar, or the site's.</summary>
    public static async Task<(CalendarId? Calendar, string TimeZone)> FindSiteClockAsync(
        this PlatformDb db, CalendarId? calendar, WarehouseId? warehouse, CancellationToken ct)
    {
        var site = warehouse is null
            ? null
            : await db.Set<Warehouse>().AsNoTracking().SingleOrDefaultAsync(place => place.Id == warehouse, ct);
        return (calendar ?? site?.CalendarId, site?.TimeZone ?? "UTC");
    }

    public static async Task<SlaClock> SlaClockAsync(
        this PlatformDb db, CalendarId? calendar, string timeZone, CancellationToken ct) =>
        new(
            calendar is { } known ? await db.WorkingCalendarAsync(known, ct) : null,
            TimeZoneInfo.FindSystemTimeZoneById(timeZone));

    /// <summary>The clock of a case; it never changes, so no lock is needed. Of a case that does not exist: around the clock.</summary>
    public static async Task<SlaClock> ClockOfCaseAsync(this PlatformDb db, ExceptionCaseId id, CancellationToken ct)
    {
        var site = await db.Set<ExceptionCase>()
            .Where(found => found.Id == id)
            .Select(found => new { found.CalendarId, found.TimeZone })
            .SingleOrDefaultAsync(ct);
        return await db.SlaClockAsync(site?.CalendarId, site?.TimeZone ?? "UTC", ct);
    }
}
