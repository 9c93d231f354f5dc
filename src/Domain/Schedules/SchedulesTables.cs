using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Schedules;

internal sealed class SchedulesServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services.AddScoped<ScheduleDesk>();
}

/// <summary>The rows of schedules, and the one lock on them: while it is held nobody else does the same work.</summary>
internal static class SchedulesTables
{
    public static Task<Schedule?> LockScheduleAsync(this PlatformDb db, ScheduleId id, CancellationToken ct) =>
        db.Set<Schedule>().FromSql($"select * from schedule where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);
}

internal sealed class ScheduleMapping : IEntityTypeConfiguration<Schedule>
{
    public void Configure(EntityTypeBuilder<Schedule> builder)
    {
        builder.ToTable("schedule").HasKey(schedule => schedule.Id);
        builder.Property(schedule => schedule.Id).ValueGeneratedNever();
        builder.Property(schedule => schedule.Version).IsConcurrencyToken();
    }
}

internal sealed class ScheduleRunMapping : IEntityTypeConfiguration<ScheduleRun>
{
    public void Configure(EntityTypeBuilder<ScheduleRun> builder)
    {
        builder.ToTable("schedule_run").HasKey(run => run.Id);
        builder.Property(run => run.Id).ValueGeneratedNever();
        builder.HasOne<Schedule>().WithMany().HasForeignKey(run => run.ScheduleId);
    }
}

internal sealed class SchedulesInvariants : IInvariants
{
    public IEnumerable<Invariant> All =>
    [
        new(
            "SCH-01",
            "What a schedule shows as its last run is the newest of its runs.",
            """
            select s.id, s.code, s.last_run_at, r.ran_at from schedule s
            left join lateral (select ran_at, outcome from schedule_run r where r.schedule_id = s.id order by ran_at desc, id desc limit 1) r on true
            where (s.last_run_at, s.last_outcome) is distinct from (r.ran_at, r.outcome)
            """),
    ];
}
